package xyz.graphyn.bootstrap;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Forms of option values that tokens need. */
final class SessionOptions {
    private SessionOptions() {}

    /** A user or an organization: letters, digits and a few signs, so that no shell and no log stumbles over it. */
    static final class Identifier implements ITypeConverter<String> {
        private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._@:|-]{1,128}");

        @Override
        public String convert(String text) {
            if (!FORM.matcher(text).matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is not an id of 1 to 128 letters, digits and . _ @ : | -");
            }
            return text;
        }
    }

    /** A length of time such as 90s, 30m, 1h or 7d. */
    static final class Life implements ITypeConverter<Duration> {
        private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([smhd])");
        private static final Duration LONGEST = Duration.ofDays(30);

        @Override
        public Duration convert(String text) {
            Matcher matcher = FORM.matcher(text);
            if (matcher.matches()) {
                long amount = Long.parseLong(matcher.group(1));
                Duration life = switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                };
                if (life.isPositive() && life.compareTo(LONGEST) <= 0) {
                    return life;
                }
            }
            throw new TypeConversionException("'" + text + "' is not a time such as 90s, 30m, 1h or 7d, up to 30d");
        }
    }
}

package xyz.graphyn.adapter.http.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as text: RFC 3339, in with any offset, out in UTC with milliseconds, or microseconds where there are any. */
public final class Times {
    public static final String RULE = "must be a time with an offset, such as 2026-05-08T13:56:00.000Z (RFC 3339)";

    /** ISO 8601 has more forms than RFC 3339, and Java takes them: no seconds, years of five digits, offset seconds. */
    private static final Pattern RFC_3339 =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");

    private static final DateTimeFormatter MILLIS = formatter(3);
    private static final DateTimeFormatter MICROS = formatter(6);

    private Times() {}

    /** @return null if the text is no such time */
    public static @Nullable Instant parse(String text) {
        if (!RFC_3339.matcher(text).matches()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }

    /** @param instant in the years 1 to 9999 */
    public static String write(Instant instant) {
        return (instant.equals(instant.truncatedTo(ChronoUnit.MILLIS)) ? MILLIS : MICROS).format(instant);
    }

    private static DateTimeFormatter formatter(int digits) {
        return new DateTimeFormatterBuilder()
                .appendInstant(digits)
                .toFormatter(Locale.ROOT)
                .withZone(ZoneOffset.UTC);
    }
}

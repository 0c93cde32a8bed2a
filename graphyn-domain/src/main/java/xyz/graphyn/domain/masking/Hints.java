package xyz.graphyn.domain.masking;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.access.AccessLevel;

/**
 * What stands in the place of a value. It is made of letters, digits and marks that need no escape in JSON, in however many
 * strings it is nested.
 *
 * <p>A hint never has eight characters of the value in a row, but for the domain of an e-mail address, which names a company
 * and not a person. A value that is not of its kind's shape, or too short for anything to stay unknown, is not hinted at.
 */
final class Hints {
    /** Nothing that a hint is made of is longer: the longest name of a domain, with a mailbox before it. */
    private static final int MAX_VALUE = 320;

    private static final int SHOWN_DIGITS = 4;

    /**
     * How keys begin, by which their owner knows which one it is: published by those who issue them. At most seven
     * characters, of longer ones the first.
     */
    static final List<String> KEY_PREFIXES = List.of(
            "sk-ant", "sk-proj", "sk-", "sk_live", "sk_test", "rk_live", "rk_test", "pk_live", "pk_test", "whsec_",
            "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_", "glpat-", "xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-",
            "xapp-", "AKIA", "ASIA", "AIza", "ya29.", "hf_", "npm_", "pypi-", "SG.", "shpat_", "shpss_", "dop_v1",
            "dckr_", "lin_api", "r8_", "gsk_", "xai-", "pplx-", "nvapi-", "sq0", "EAAC", "key-", "tvly-", "phc_",
            "hvs.", "dapi", "figd_", "NRAK-");

    private static final int MIN_KEY = 16;
    private static final int MIN_ADDRESS = 7;

    private static final Set<String> MASKS = Set.of(
            mask(Kind.EMAIL),
            mask(Kind.PHONE),
            mask(Kind.CREDIT_CARD),
            mask(Kind.IBAN),
            mask(Kind.US_SSN),
            mask(Kind.IP_ADDRESS),
            mask(Kind.MAC_ADDRESS),
            mask(Kind.CRYPTO_WALLET),
            mask(Kind.JWT),
            mask(Kind.PRIVATE_KEY),
            mask(Kind.CONNECTION_STRING),
            mask(Kind.PASSWORD),
            mask(Kind.SECRET));

    /** How a kind is hinted at, and how its hints look, so that they are known when they are met again. */
    private record Hint(Function<String, @Nullable String> of, Pattern own) {
        Hint(Function<String, @Nullable String> of, String own) {
            this(of, Pattern.compile(own));
        }
    }

    private static final Map<Kind, Hint> HINTS = Map.of(
            Kind.EMAIL, new Hint(Hints::email, "[\\p{L}\\p{N}*]?\\*{3}@[\\p{L}\\p{N}.-]+"),
            Kind.PHONE, new Hint(Hints::phone, "(?:\\+\\d{1,3} )?\\*{3} \\d{2,4}"),
            Kind.CREDIT_CARD, new Hint(Hints::card, "\\*{4} \\*{4} \\*{4} \\d{4}"),
            Kind.IBAN, new Hint(Hints::iban, "[A-Z]{2}\\*\\* \\*{4} \\*{4} [A-Z0-9]{4}"),
            Kind.US_SSN, new Hint(Hints::ssn, "\\*{3}-\\*\\*-\\d{4}"),
            Kind.IP_ADDRESS, new Hint(Hints::ip, "\\d{1,3}\\.\\*\\.\\*\\.\\*|[0-9a-fA-F]{1,4}:\\*{3}"),
            Kind.MAC_ADDRESS, new Hint(Hints::mac, "[0-9A-Fa-f]{6}-\\*{6}"),
            Kind.CRYPTO_WALLET, new Hint(Hints::wallet, "\\*{3}[A-Za-z0-9]{4}"),
            Kind.SECRET,
                    new Hint(
                            Hints::key,
                            KEY_PREFIXES.stream().map(Pattern::quote).collect(joining("|", "(?:", ")\\*{3}"))));

    private Hints() {}

    /** What is shown of a value at a level that doesn't show it all. */
    static String shown(Kind kind, AccessLevel level, String value) {
        if (MASKS.contains(value)) {
            return value;
        }
        return switch (level) {
            case MASKED -> mask(kind);
            case PARTIAL -> partial(kind, value);
            case RAW -> throw new IllegalArgumentException("what is shown raw needs no mask");
        };
    }

    private static String mask(Kind kind) {
        return "[" + kind.name() + "]";
    }

    private static String partial(Kind kind, String value) {
        Hint hint = HINTS.get(kind);
        if (hint == null || value.length() > MAX_VALUE) {
            return mask(kind);
        }
        if (hint.own.matcher(value).matches()) {
            return value;
        }
        String hinted = hint.of.apply(value);
        return hinted == null ? mask(kind) : hinted;
    }

    private static @Nullable String email(String value) {
        int at = value.lastIndexOf('@');
        String domain = value.substring(at + 1);
        boolean shaped = at > 0
                && domain.contains(".")
                && domain.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '-')
                && value.substring(0, at).codePoints().noneMatch(c -> c == '@' || Character.isWhitespace(c));
        if (!shaped) {
            return null;
        }
        int first = value.codePointAt(0);
        boolean alone = value.offsetByCodePoints(0, 1) == at;
        String kept = alone ? "" : Character.isLetterOrDigit(first) ? Character.toString(first) : "*";
        return kept + "***@" + domain;
    }

    private static @Nullable String phone(String value) {
        String digits = digits(value);
        if (digits.length() < 7 || value.chars().filter(Character::isLetter).count() > 4) {
            return null;
        }
        String country = value.stripLeading().startsWith("+") ? countryCode(digits) : "";
        int rest = digits.length() - country.length();
        int kept = rest >= 9 ? SHOWN_DIGITS : 2;
        return (country.isEmpty() ? "" : "+" + country + " ") + "*** " + digits.substring(digits.length() - kept);
    }

    /** By the assignments of ITU-T E.164: of one digit, of two, and all others of three. */
    private static String countryCode(String digits) {
        int two = Integer.parseInt(digits.substring(0, 2));
        boolean ofTwo = switch (two) {
            case 20,
                    27,
                    30,
                    31,
                    32,
                    33,
                    34,
                    36,
                    39,
                    40,
                    41,
                    43,
                    44,
                    45,
                    46,
                    47,
                    48,
                    49,
                    51,
                    52,
                    53,
                    54,
                    55,
                    56,
                    57,
                    58,
                    60,
                    61,
                    62,
                    63,
                    64,
                    65,
                    66,
                    81,
                    82,
                    84,
                    86,
                    90,
                    91,
                    92,
                    93,
                    94,
                    95,
                    98 -> true;
            default -> false;
        };
        char first = digits.charAt(0);
        return digits.substring(0, first == '1' || first == '7' ? 1 : ofTwo ? 2 : 3);
    }

    private static @Nullable String card(String value) {
        String digits = digits(value);
        boolean shaped = digits.length() >= 12
                && digits.length() <= 19
                && value.codePoints().noneMatch(Character::isLetter);
        return shaped ? "**** **** **** " + last(digits) : null;
    }

    private static @Nullable String iban(String value) {
        String dense = lettersAndDigits(value);
        boolean shaped = dense.length() >= 15
                && dense.length() <= 34
                && isLatin(dense.charAt(0))
                && isLatin(dense.charAt(1))
                && isDigit(dense.charAt(2))
                && isDigit(dense.charAt(3));
        return shaped ? dense.substring(0, 2) + "** **** **** " + last(dense) : null;
    }

    private static @Nullable String ssn(String value) {
        String digits = digits(value);
        return digits.length() == 9 ? "***-**-" + last(digits) : null;
    }

    /** Only the first octet or group: two of them, with the dots, can be eight characters of the value. */
    private static @Nullable String ip(String value) {
        int end = 0;
        while (end < value.length()
                && end <= 4
                && Character.digit(value.charAt(end), 16) >= 0
                && value.charAt(end) < 128) {
            end++;
        }
        if (end == 0 || end > 4 || value.length() < MIN_ADDRESS) {
            return null;
        }
        String first = value.substring(0, end);
        return switch (value.charAt(end)) {
            case '.' -> end <= 3 && digits(first).equals(first) ? first + ".*.*.*" : null;
            case ':' -> first + ":***";
            default -> null;
        };
    }

    /** Who made the device. Without separators: with them, it would be eight characters of the value. */
    private static @Nullable String mac(String value) {
        String dense = lettersAndDigits(value);
        boolean shaped = dense.length() == 12 && dense.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return shaped ? dense.substring(0, 6) + "-******" : null;
    }

    private static @Nullable String wallet(String value) {
        String dense = lettersAndDigits(value);
        return dense.length() >= 25 && dense.length() == value.length() ? "***" + last(dense) : null;
    }

    private static @Nullable String key(String value) {
        if (value.length() < MIN_KEY) {
            return null;
        }
        return KEY_PREFIXES.stream()
                .filter(value::startsWith)
                .findFirst()
                .map(prefix -> prefix + "***")
                .orElse(null);
    }

    private static String last(String text) {
        return text.substring(text.length() - SHOWN_DIGITS);
    }

    /** As ASCII, in whichever script they are. */
    private static String digits(String value) {
        StringBuilder digits = new StringBuilder();
        value.codePoints()
                .map(c -> Character.digit(c, 10))
                .filter(digit -> digit >= 0)
                .forEach(digits::append);
        return digits.toString();
    }

    private static String lettersAndDigits(String value) {
        StringBuilder dense = new StringBuilder();
        value.chars().filter(c -> isLatin((char) c) || isDigit((char) c)).forEach(c -> dense.append((char) c));
        return dense.toString();
    }

    private static boolean isLatin(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

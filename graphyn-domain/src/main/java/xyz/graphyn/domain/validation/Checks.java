package xyz.graphyn.domain.validation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.json.Json;

/**
 * Gathers the mistakes of one value, then throws them together. Null stands for an optional field that was not given,
 * and passes. Lengths are counted in Unicode code points, as people count.
 */
public final class Checks {
    public static final int MAX_TYPE_NAME = 100;
    public static final String TYPE_NAME_PATTERN = "[A-Za-z0-9][A-Za-z0-9_.:/-]*";
    public static final String TYPE_NAME_RULE =
            "must start with a letter or digit and go on with letters, digits and any of _ . : / -";
    public static final int MAX_IDENTIFIER = 200;

    private static final Pattern TYPE_NAME = Pattern.compile(TYPE_NAME_PATTERN);
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final List<Violation> violations = new ArrayList<>();

    /** Text that says something: not blank, at most {@code max} code points, storable everywhere. */
    public Checks text(String pointer, @Nullable String value, int max) {
        if (value != null && value.isBlank()) {
            return add(pointer, "blank", "must not be blank");
        }
        return optionalText(pointer, value, max);
    }

    /** Text that may be empty: at most {@code max} code points, storable everywhere. */
    public Checks optionalText(String pointer, @Nullable String value, int max) {
        if (value == null) {
            return this;
        }
        if (longerThan(value, max)) {
            return add(pointer, "too-long", "must have at most " + max + " characters");
        }
        return wellFormed(pointer, value);
    }

    /** The name of a kind of thing, such as an event's type. */
    public Checks typeName(String pointer, @Nullable String value) {
        if (value == null) {
            return this;
        }
        if (longerThan(value, MAX_TYPE_NAME)) {
            return add(pointer, "too-long", "must have at most " + MAX_TYPE_NAME + " characters");
        }
        return TYPE_NAME.matcher(value).matches() ? this : add(pointer, "malformed", TYPE_NAME_RULE);
    }

    /** Somebody else's id for a thing: opaque text, short enough for an index. */
    public Checks identifier(String pointer, @Nullable String value) {
        return text(pointer, value, MAX_IDENTIFIER);
    }

    /** A JSON object of at most {@code max} UTF-16 units of text. */
    public Checks json(String pointer, Json value, int max) {
        return value.text().length() <= max
                ? this
                : add(pointer, "too-long", "must have at most " + max + " characters of JSON");
    }

    /** A time that every store and every client can write: the years 1 to 9999 (RFC 3339 has four digits). */
    public Checks time(String pointer, @Nullable Instant value) {
        return value == null || (!value.isBefore(EARLIEST) && !value.isAfter(LATEST))
                ? this
                : add(pointer, "out-of-range", "must lie in the years 1 to 9999");
    }

    public Checks atMost(String pointer, int count, int max) {
        return count <= max ? this : add(pointer, "too-many", "must have at most " + max + " entries");
    }

    public Checks within(String pointer, long value, long min, long max) {
        return value >= min && value <= max ? this : add(pointer, "out-of-range", "must be " + min + " to " + max);
    }

    public Checks add(String pointer, String code, String message) {
        violations.add(new Violation(pointer, code, message));
        return this;
    }

    /** Takes over the mistakes of a part that stands at {@code pointer} of this value. */
    public Checks addAll(String pointer, Invalid part) {
        part.violations().forEach(violation -> violations.add(violation.under(pointer)));
        return this;
    }

    /** @throws Invalid if there was any mistake */
    public void orThrow() {
        if (!violations.isEmpty()) {
            throw new Invalid(violations);
        }
    }

    private Checks wellFormed(String pointer, String value) {
        for (int i = 0; i < value.length(); i++) {
            char unit = value.charAt(i);
            if (unit == 0) {
                return add(pointer, "nul", "must not contain U+0000");
            }
            if (Character.isSurrogate(unit)) {
                boolean paired = Character.isHighSurrogate(unit)
                        && i + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(i + 1));
                if (!paired) {
                    return add(pointer, "lone-surrogate", "must be well-formed Unicode");
                }
                i++;
            }
        }
        return this;
    }

    /** Without counting what is certainly too long or certainly short enough. */
    private static boolean longerThan(String value, int max) {
        return value.length() > max && (value.length() > 2L * max || value.codePointCount(0, value.length()) > max);
    }
}

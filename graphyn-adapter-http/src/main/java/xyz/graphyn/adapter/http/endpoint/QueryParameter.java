package xyz.graphyn.adapter.http.endpoint;

import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.json.Times;
import xyz.graphyn.adapter.http.json.Uuids;
import xyz.graphyn.adapter.http.problem.Mistake;

/**
 * A parameter of a query, or a header that is read like one: how it is read, bounded, described and shown.
 *
 * @param <T> what handlers get; {@link Optional} where it may be left out and has no default
 */
public final class QueryParameter<T> {
    /** The largest whole number that clients write exactly whose numbers are doubles, as in JavaScript (RFC 8259, section 6). */
    public static final long MAX_EXACT = (1L << 53) - 1;

    private final String name;
    private final String description;
    private final boolean repeatable;
    private final Schema<?> schema;
    private final Reader<T> reader;

    private QueryParameter(String name, String description, boolean repeatable, Schema<?> schema, Reader<T> reader) {
        this.name = name;
        this.description = description;
        this.repeatable = repeatable;
        this.schema = schema;
        this.reader = reader;
    }

    /** Text of 1 to {@code max} code points. */
    public static QueryParameter<Optional<String>> text(String name, int max, String description, String example) {
        return optional(name, description, textSchema(max, example), value -> {
            checkText(value, max);
            return value;
        });
    }

    /** Any of a few texts, each given as a parameter of its own; empty when it is left out. */
    public static QueryParameter<Set<String>> texts(
            String name, int max, int maxCount, String description, String example) {
        Schema<?> schema = new ArraySchema().items(textSchema(max, example)).maxItems(maxCount);
        return new QueryParameter<>(name, description, true, schema, values -> {
            if (values.size() > maxCount) {
                throw new BadValue("too-many", "must not be given more than " + maxCount + " times");
            }
            Set<String> texts = new TreeSet<>();
            for (String value : values) {
                checkText(value, max);
                texts.add(value);
            }
            return texts;
        });
    }

    /** A time. */
    public static QueryParameter<Optional<Instant>> time(String name, String description, String example) {
        Schema<String> schema = new StringSchema();
        schema.setFormat("date-time");
        schema.setExamples(List.of(example));
        return optional(name, description, schema, value -> {
            Instant instant = Times.parse(value);
            if (instant == null) {
                throw new BadValue("malformed", Times.RULE);
            }
            return instant;
        });
    }

    /** A whole number from {@code min} to {@code max}. */
    public static QueryParameter<Integer> integer(
            String name, int min, int max, int byDefault, String description, String example) {
        return new QueryParameter<>(
                name,
                description,
                false,
                integerSchema("int32", min, max, (long) byDefault, example),
                values -> values.isEmpty() ? byDefault : Math.toIntExact(parseLong(values.getFirst(), min, max)));
    }

    /** A whole number from {@code min} to {@code max}, which may be large. */
    public static QueryParameter<Long> longInteger(
            String name, long min, long max, long byDefault, String description, String example) {
        return new QueryParameter<>(
                name,
                description,
                false,
                integerSchema("int64", min, max, byDefault, example),
                values -> values.isEmpty() ? byDefault : parseLong(values.getFirst(), min, max));
    }

    /** A whole number from {@code min} to {@code max}, which may be large, or left out. */
    public static QueryParameter<Optional<Long>> optionalLong(
            String name, long min, long max, String description, String example) {
        return optional(
                name,
                description,
                integerSchema("int64", min, max, null, example),
                value -> parseLong(value, min, max));
    }

    /** One of a few words. */
    public static <E extends Enum<E>> QueryParameter<E> oneOf(
            String name, E byDefault, Function<E, String> word, String description) {
        List<E> constants = Arrays.asList(byDefault.getDeclaringClass().getEnumConstants());
        List<String> words = constants.stream().map(word).toList();
        Schema<String> schema = new StringSchema()._enum(words)._default(word.apply(byDefault));
        schema.setExamples(List.of(word.apply(byDefault)));
        return new QueryParameter<>(
                name,
                description,
                false,
                schema,
                values -> values.isEmpty() ? byDefault : constant(constants, words, values.getFirst()));
    }

    private static <E> E constant(List<E> constants, List<String> words, String value) throws BadValue {
        int index = words.indexOf(value);
        if (index < 0) {
            throw new BadValue("unknown", "must be one of " + String.join(", ", words));
        }
        return constants.get(index);
    }

    /** One of a few words, or none. */
    public static <E extends Enum<E>> QueryParameter<Optional<E>> anyOf(
            String name, Class<E> of, Function<E, String> word, String description) {
        List<E> constants = List.of(of.getEnumConstants());
        List<String> words = constants.stream().map(word).toList();
        Schema<String> schema = new StringSchema()._enum(words);
        schema.setExamples(List.of(words.getFirst()));
        return optional(name, description, schema, value -> constant(constants, words, value));
    }

    /** A UUID. */
    public static QueryParameter<Optional<UUID>> uuid(String name, String description, UUID example) {
        Schema<String> schema = new StringSchema();
        schema.setFormat("uuid");
        schema.setExamples(List.of(example.toString()));
        return optional(name, description, schema, value -> {
            UUID uuid = Uuids.parse(value);
            if (uuid == null) {
                throw new BadValue("malformed", Uuids.RULE);
            }
            return uuid;
        });
    }

    public String name() {
        return name;
    }

    public String description() {
        return description;
    }

    /** Its type, bounds and an example. */
    public Schema<?> schema() {
        return schema;
    }

    /**
     * @param values every value that the query has for it, in order
     * @return null if there was a mistake, which then was handed over
     */
    public @Nullable T read(List<String> values, Consumer<Mistake> mistakes) {
        try {
            if (values.size() > 1 && !repeatable) {
                throw new BadValue("repeated", "must not be given twice");
            }
            return reader.read(values);
        } catch (BadValue bad) {
            mistakes.accept(Mistake.inParameter(name, bad.code, bad.rule));
            return null;
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private static <T> QueryParameter<Optional<T>> optional(
            String name, String description, Schema<?> schema, Parser<T> parser) {
        return new QueryParameter<>(
                name,
                description,
                false,
                schema,
                values -> values.isEmpty() ? Optional.empty() : Optional.of(parser.parse(values.getFirst())));
    }

    private static Schema<String> textSchema(int max, String example) {
        Schema<String> schema = new StringSchema();
        schema.setMinLength(1);
        schema.setMaxLength(max);
        schema.setExamples(List.of(example));
        return schema;
    }

    private static Schema<Number> integerSchema(
            String format, long min, long max, @Nullable Long byDefault, String example) {
        Schema<Number> schema = new IntegerSchema().format(format);
        schema.setMinimum(BigDecimal.valueOf(min));
        schema.setMaximum(BigDecimal.valueOf(max));
        schema.setDefault(byDefault);
        schema.setExamples(List.of(Long.valueOf(example)));
        return schema;
    }

    private static void checkText(String value, int max) throws BadValue {
        if (value.isBlank()) {
            throw new BadValue("blank", "must not be blank");
        }
        if (value.codePointCount(0, value.length()) > max) {
            throw new BadValue("too-long", "must have at most " + max + " characters");
        }
        if (value.indexOf('\0') >= 0) {
            throw new BadValue("nul", "must not contain U+0000");
        }
    }

    private static long parseLong(String value, long min, long max) throws BadValue {
        String rule = String.format(Locale.ROOT, "must be a whole number from %d to %d", min, max);
        boolean digits = !value.isEmpty() && value.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        if (!digits) {
            throw new BadValue("malformed", rule);
        }
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException tooLongOrMisplacedSign) {
            // Falls through: both are out of what is allowed.
        }
        throw new BadValue("out-of-range", rule);
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(List<String> values) throws BadValue;
    }

    @FunctionalInterface
    private interface Parser<T> {
        T parse(String value) throws BadValue;
    }

    private static final class BadValue extends Exception {
        private static final long serialVersionUID = 1L;

        private final String code;
        private final String rule;

        BadValue(String code, String rule) {
            super(rule, null, false, false);
            this.code = code;
            this.rule = rule;
        }
    }
}

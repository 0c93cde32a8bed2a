package xyz.graphyn.adapter.http.json;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import xyz.graphyn.domain.json.Json;

/**
 * Reads a value of one type from the present token, which is not null, and stops on the value's last token. Nothing is
 * converted: text is no number, {@code 1.0} no whole number, {@code "true"} no truth. Of a value of another type a
 * mistake is noted, and the outcome is null.
 */
interface ValueReader<T> {
    /** More than any list of ours may have, and few enough to be held while their number is told. */
    int MAX_ITEMS = 10_000;

    @Nullable T read(Reading reading);

    /** @throws IllegalArgumentException for a type that requests don't speak of */
    static ValueReader<?> of(AnnotatedType annotated) {
        Type type = annotated.getType();
        if (annotated instanceof AnnotatedParameterizedType parameterized) {
            AnnotatedType argument = parameterized.getAnnotatedActualTypeArguments()[0];
            Type raw = ((ParameterizedType) type).getRawType();
            if (raw == List.class) {
                return list(of(argument));
            }
        }
        if (type == String.class) {
            return ValueReader::text;
        }
        if (type == Integer.class || type == int.class) {
            return ValueReader::integer;
        }
        if (type == Long.class || type == long.class) {
            return ValueReader::longInteger;
        }
        if (type == Boolean.class || type == boolean.class) {
            return ValueReader::truth;
        }
        if (type == Instant.class) {
            return ValueReader::instant;
        }
        if (type == UUID.class) {
            return ValueReader::uuid;
        }
        if (type == Json.class) {
            return ValueReader::object;
        }
        if (type == Atom.class) {
            return ValueReader::atom;
        }
        if (type instanceof Class<?> raw && raw.isRecord()) {
            return new RecordReader<>(raw.asSubclass(Record.class));
        }
        throw new IllegalArgumentException("No request has a " + type);
    }

    private static @Nullable String text(Reading reading) {
        return reading.token() == JsonToken.VALUE_STRING
                ? reading.json().getString()
                : reading.mistake("wrong-type", "must be a string");
    }

    private static @Nullable Integer integer(Reading reading) {
        if (reading.token() != JsonToken.VALUE_NUMBER_INT) {
            return reading.mistake("wrong-type", "must be a whole number");
        }
        try {
            return Integer.parseInt(reading.json().getString());
        } catch (NumberFormatException outOfRange) {
            return reading.mistake("out-of-range", "must lie between -2147483648 and 2147483647");
        }
    }

    private static @Nullable Long longInteger(Reading reading) {
        if (reading.token() != JsonToken.VALUE_NUMBER_INT) {
            return reading.mistake("wrong-type", "must be a whole number");
        }
        try {
            return Long.parseLong(reading.json().getString());
        } catch (NumberFormatException outOfRange) {
            return reading.mistake("out-of-range", "must lie between " + Long.MIN_VALUE + " and " + Long.MAX_VALUE);
        }
    }

    private static @Nullable Boolean truth(Reading reading) {
        return switch (reading.token()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case NOT_AVAILABLE,
                    START_OBJECT,
                    END_OBJECT,
                    START_ARRAY,
                    END_ARRAY,
                    PROPERTY_NAME,
                    VALUE_EMBEDDED_OBJECT,
                    VALUE_STRING,
                    VALUE_NUMBER_INT,
                    VALUE_NUMBER_FLOAT,
                    VALUE_NULL -> reading.mistake("wrong-type", "must be true or false");
        };
    }

    private static @Nullable Instant instant(Reading reading) {
        if (reading.token() != JsonToken.VALUE_STRING) {
            return reading.mistake("wrong-type", "must be a string");
        }
        Instant instant = Times.parse(reading.json().getString());
        return instant == null ? reading.mistake("malformed", Times.RULE) : instant;
    }

    private static @Nullable UUID uuid(Reading reading) {
        if (reading.token() != JsonToken.VALUE_STRING) {
            return reading.mistake("wrong-type", "must be a string");
        }
        UUID uuid = Uuids.parse(reading.json().getString());
        return uuid == null ? reading.mistake("malformed", Uuids.RULE) : uuid;
    }

    private static @Nullable Json object(Reading reading) {
        return reading.token() == JsonToken.START_OBJECT
                ? new Json(reading.slice())
                : reading.mistake("wrong-type", "must be an object");
    }

    private static @Nullable Atom atom(Reading reading) {
        if (reading.token() == JsonToken.VALUE_STRING) {
            String text = reading.json().getString();
            return new Atom(reading.slice(), text);
        }
        Long number = longInteger(reading);
        return number == null ? null : new Atom(number.toString(), number);
    }

    private static <T> ValueReader<List<T>> list(ValueReader<T> items) {
        return reading -> {
            if (reading.token() != JsonToken.START_ARRAY) {
                return reading.mistake("wrong-type", "must be an array");
            }
            List<T> values = new ArrayList<>();
            while (reading.next() != JsonToken.END_ARRAY) {
                if (values.size() == MAX_ITEMS) {
                    throw reading.tooMany(MAX_ITEMS);
                }
                T value = reading.token() == JsonToken.VALUE_NULL
                        ? reading.mistake("wrong-type", "must not be null")
                        : items.read(reading);
                if (value != null) {
                    values.add(value);
                }
            }
            return values;
        };
    }
}

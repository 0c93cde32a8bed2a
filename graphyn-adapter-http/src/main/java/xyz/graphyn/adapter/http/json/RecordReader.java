package xyz.graphyn.adapter.http.json;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Reads an object into a record whose components are its members: all of them must be there but the {@link Nullable}
 * ones and {@link Change}s, and no others may be.
 */
final class RecordReader<T extends Record> implements ValueReader<T> {
    private final List<Member> members;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final MethodHandle constructor;

    RecordReader(Class<T> type) {
        RecordComponent[] components = type.getRecordComponents();
        members = Arrays.stream(components).map(Member::of).toList();
        for (int i = 0; i < components.length; i++) {
            indexes.put(components[i].getName(), i);
        }
        constructor = constructor(type, components);
    }

    @Override
    public @Nullable T read(Reading reading) {
        if (reading.token() != JsonToken.START_OBJECT) {
            return reading.mistake("wrong-type", "must be an object");
        }
        int mistakesBefore = reading.mistakes().count();
        @Nullable Object[] values = new @Nullable Object[members.size()];
        boolean[] given = new boolean[members.size()];
        while (reading.next() == JsonToken.PROPERTY_NAME) {
            Integer index = indexes.get(reading.json().currentName());
            reading.next();
            if (index == null) {
                reading.mistake("unknown", "is not known here");
                continue;
            }
            given[index] = true;
            values[index] = members.get(index).read(reading);
        }
        for (int i = 0; i < given.length; i++) {
            if (!given[i]) {
                values[i] = members.get(i).absent(reading);
            }
        }
        return reading.mistakes().count() > mistakesBefore ? null : construct(values);
    }

    @SuppressWarnings("unchecked") // the handle's type was set to return T
    private T construct(@Nullable Object[] values) {
        try {
            return (T) constructor.invokeExact(values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable impossible) {
            throw new IllegalStateException("A record of a request throws a checked exception", impossible);
        }
    }

    private static MethodHandle constructor(Class<? extends Record> type, RecordComponent[] components) {
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflectConstructor(constructor)
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Record.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " can't be made", e);
        }
    }

    /**
     * @param optional whether it may be left out or null
     * @param change whether it is a {@link Change} of a value
     */
    private record Member(String name, ValueReader<?> reader, boolean optional, boolean change) {
        static Member of(RecordComponent component) {
            AnnotatedType type = component.getAnnotatedType();
            if (type instanceof AnnotatedParameterizedType parameterized
                    && ((ParameterizedType) type.getType()).getRawType() == Change.class) {
                AnnotatedType changed = parameterized.getAnnotatedActualTypeArguments()[0];
                return new Member(component.getName(), ValueReader.of(changed), isNullable(changed), true);
            }
            return new Member(component.getName(), ValueReader.of(type), isNullable(type), false);
        }

        private static boolean isNullable(AnnotatedType type) {
            return type.isAnnotationPresent(Nullable.class);
        }

        @Nullable Object read(Reading reading) {
            if (reading.token() == JsonToken.VALUE_NULL) {
                if (!optional) {
                    return reading.mistake("required", "must not be null");
                }
                return change ? new Change.Remove<>() : null;
            }
            Object value = reader.read(reading);
            return change && value != null ? new Change.Become<>(value) : value;
        }

        @Nullable Object absent(Reading reading) {
            if (change) {
                return new Change.Keep<>();
            }
            if (!optional) {
                reading.mistakeInMember(name, "required", "is required");
            }
            return null;
        }
    }
}

package xyz.graphyn.adapter.http.openapi;

import static java.util.Objects.requireNonNull;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.adapter.http.json.Atom;
import xyz.graphyn.adapter.http.json.Change;
import xyz.graphyn.domain.json.Json;

/**
 * JSON Schemas (2020-12) of records. Types, names and bounds are swagger-core's reading of the records and of their {@code
 * @Schema} annotations; what may be null or left out is what the compiler checks, JSpecify's {@link Nullable}.
 */
public final class RecordSchemas {
    private static final JsonMapper TYPES = new JsonMapper();

    private final ModelConverters converters = new ModelConverters(true);
    private final Map<String, Schema<?>> schemas = new TreeMap<>();
    private final Map<String, Class<?>> types = new TreeMap<>();

    public RecordSchemas() {
        converters.addConverter(new OwnTypes());
    }

    /** Every schema that was referred to, by its name. */
    Map<String, Schema<?>> all() {
        return schemas;
    }

    /** The schema of what clients send: what may be left out is not required, and nothing else may be there. */
    Schema<?> ofRequest(Class<?> type) {
        return reference(type, true);
    }

    /** The schema of what clients get: everything is there, if only as null. */
    Schema<?> ofReply(Class<?> type) {
        return reference(type, false);
    }

    /**
     * The schema of what clients send, on its own.
     *
     * @param type a record without records in it
     */
    public String flat(Class<?> type) {
        reference(type, true);
        return Json31.pretty(requireNonNull(schemas.get(name(type))));
    }

    private Schema<?> reference(Class<?> type, boolean request) {
        converters.readAll(new AnnotatedType(type)).forEach((name, schema) -> schemas.putIfAbsent(name, schema));
        complete(type, request);
        return new Schema<>(SpecVersion.V31).$ref("#/components/schemas/" + name(type));
    }

    private void complete(Class<?> type, boolean request) {
        Class<?> before = types.putIfAbsent(name(type), type);
        if (before == type) {
            return;
        }
        Schema<?> schema = schemas.get(name(type));
        if (before != null || schema == null) {
            throw new IllegalStateException("Two schemas have the name of " + type + ", or none has");
        }
        if (request) {
            schema.setAdditionalProperties(false);
        }
        for (RecordComponent component : type.getRecordComponents()) {
            complete(schema, component, request);
            parts(component.getGenericType()).forEach(part -> complete(part, request));
        }
    }

    private static void complete(Schema<?> schema, RecordComponent component, boolean request) {
        boolean change = component.getType() == Change.class;
        boolean nullable = (change
                        ? ((AnnotatedParameterizedType) component.getAnnotatedType())
                                .getAnnotatedActualTypeArguments()[0]
                        : component.getAnnotatedType())
                .isAnnotationPresent(Nullable.class);
        if (!request || (!nullable && !change)) {
            schema.addRequiredItem(component.getName());
        }
        Schema<?> property =
                requireNonNull((Schema<?>) schema.getProperties().get(component.getName()), component::toString);
        describe(property, component);
        if (nullable) {
            schema.getProperties().put(component.getName(), orNull(property));
        }
    }

    /** For the types of our own, whose annotations swagger-core does not read. */
    private static void describe(Schema<?> property, RecordComponent component) {
        io.swagger.v3.oas.annotations.media.Schema annotation =
                component.getAccessor().getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        if (annotation != null
                && property.getDescription() == null
                && !annotation.description().isEmpty()) {
            property.setDescription(annotation.description());
        }
    }

    private static Schema<?> orNull(Schema<?> property) {
        if (property.get$ref() == null) {
            property.addType("null");
            return property;
        }
        Schema<?> nothing = new Schema<>(SpecVersion.V31).types(Set.of("null"));
        return new Schema<>(SpecVersion.V31).anyOf(List.of(property, nothing));
    }

    private static String name(Class<?> type) {
        io.swagger.v3.oas.annotations.media.Schema annotation =
                type.getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        return annotation == null || annotation.name().isEmpty() ? type.getSimpleName() : annotation.name();
    }

    /** The records that a type is made of. */
    private static List<Class<?>> parts(Type type) {
        JavaType javaType = TYPES.constructType(type);
        if (javaType.getRawClass() == Json.class || javaType.getRawClass() == Atom.class) {
            return List.of();
        }
        if (javaType.getRawClass().isRecord()) {
            return List.of(javaType.getRawClass());
        }
        return javaType.getBindings().getTypeParameters().stream()
                .flatMap(argument -> parts(argument).stream())
                .toList();
    }

    private static final class OwnTypes implements ModelConverter {
        @Override
        @SuppressWarnings("rawtypes") // so is the interface
        public @Nullable Schema resolve(
                AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
            JavaType javaType = TYPES.constructType(type.getType());
            if (javaType.getRawClass() == Json.class) {
                return new Schema<>(SpecVersion.V31).types(Set.of("object")).additionalProperties(true);
            }
            if (javaType.getRawClass() == Atom.class) {
                return new Schema<>(SpecVersion.V31).types(Set.of("string", "integer"));
            }
            if (javaType.getRawClass() == Change.class) {
                return context.resolve(type.type(javaType.containedType(0)));
            }
            return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        }
    }
}

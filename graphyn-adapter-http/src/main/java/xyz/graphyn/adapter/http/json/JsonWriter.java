package xyz.graphyn.adapter.http.json;

import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import xyz.graphyn.domain.json.Json;

/**
 * Writes records: members in the order of their components, absent values as null, times by {@link Times}, and {@link
 * Json} as it came.
 */
public final class JsonWriter {
    private static final JsonMapper MAPPER = JsonMapper.builder(new JsonFactory())
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
            .addModule(new SimpleModule("graphyn")
                    .addSerializer(new InstantSerializer())
                    .addSerializer(new JsonSerializer()))
            .build();

    private JsonWriter() {}

    /** @return UTF-8 */
    public static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    private static final class InstantSerializer extends StdSerializer<Instant> {
        InstantSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializationContext context) {
            json.writeString(Times.write(value));
        }
    }

    private static final class JsonSerializer extends StdSerializer<Json> {
        JsonSerializer() {
            super(Json.class);
        }

        @Override
        public void serialize(Json value, JsonGenerator json, SerializationContext context) {
            json.writeRawValue(value.text());
        }
    }
}

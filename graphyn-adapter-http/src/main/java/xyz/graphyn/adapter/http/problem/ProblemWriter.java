package xyz.graphyn.adapter.http.problem;

import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes problems as {@code application/problem+json} (RFC 9457). */
public final class ProblemWriter {
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final JsonFactory JSON = new JsonFactory();

    private ProblemWriter() {}

    /**
     * @param instance the path of the request, without its query; null when the request could not be read that far
     * @param requestId under which the log knows this request
     */
    public static byte[] write(Problem problem, @Nullable String instance, String requestId) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("type", problem.type().uri());
            json.writeStringProperty("title", problem.type().title());
            json.writeNumberProperty("status", problem.type().status());
            json.writeStringProperty("code", problem.type().code());
            json.writeStringProperty("detail", problem.detail());
            if (instance != null) {
                json.writeStringProperty("instance", instance);
            }
            json.writeStringProperty("requestId", requestId);
            if (!problem.mistakes().isEmpty()) {
                json.writeArrayPropertyStart("errors");
                for (Mistake mistake : problem.mistakes()) {
                    json.writeStartObject();
                    json.writeStringProperty(mistake.place().member(), mistake.name());
                    json.writeStringProperty("code", mistake.code());
                    json.writeStringProperty("message", mistake.message());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}

package xyz.graphyn.adapter.http.endpoint;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.json.JsonLines;
import xyz.graphyn.adapter.http.json.JsonReader;
import xyz.graphyn.adapter.http.json.JsonText;

/** A body that an endpoint takes: its type, how large it may be, and one that it would take. */
public final class JsonBody<T extends Record> {
    private static final String JSON = "application/json";

    private final Class<T> type;
    private final BodySize size;
    private final Set<String> mediaTypes;
    private final String example;
    private final @Nullable String lines;
    private final JsonReader<T> reader;

    private JsonBody(Class<T> type, BodySize size, Set<String> mediaTypes, String example, @Nullable String lines) {
        this.type = type;
        this.size = size;
        this.mediaTypes = mediaTypes;
        this.example = example;
        this.lines = lines;
        this.reader = new JsonReader<>(type);
        read(JsonText.of(example, size.maxKeys()));
    }

    /**
     * @param example the text of a body
     * @throws xyz.graphyn.adapter.http.problem.ProblemException if the example itself would be refused
     */
    public static <T extends Record> JsonBody<T> of(Class<T> type, BodySize size, String example) {
        return new JsonBody<>(type, size, Set.of(JSON), example, null);
    }

    /** A body that says what is to change (RFC 7396): a record of {@link xyz.graphyn.adapter.http.json.Change}s. */
    public static <T extends Record> JsonBody<T> mergePatch(Class<T> type, BodySize size, String example) {
        return new JsonBody<>(type, size, Set.of("application/merge-patch+json", JSON), example, null);
    }

    /**
     * This body, which has one list, or the items of that list on one line each.
     *
     * @param list the list's name
     */
    public JsonBody<T> orLines(String list) {
        return new JsonBody<>(type, size, Set.of(JSON, JsonLines.MEDIA_TYPE), example, list);
    }

    public Class<T> type() {
        return type;
    }

    public BodySize size() {
        return size;
    }

    public Set<String> mediaTypes() {
        return mediaTypes;
    }

    /** One that is sent as JSON. */
    public String example() {
        return example;
    }

    /** The name of the list whose items may also be sent on lines; empty if they may not. */
    public Optional<String> lines() {
        return Optional.ofNullable(lines);
    }

    /**
     * @param mediaType the one of {@link #mediaTypes} that it was sent as
     * @throws xyz.graphyn.adapter.http.problem.ProblemException if it breaks a rule of JSON
     */
    public JsonText text(byte[] body, String mediaType) {
        return lines != null && mediaType.equals(JsonLines.MEDIA_TYPE)
                ? JsonLines.of(body, lines, size.maxKeys())
                : JsonText.of(body, size.maxKeys());
    }

    /** @throws xyz.graphyn.adapter.http.problem.ProblemException with every mistake */
    public T read(JsonText text) {
        return reader.read(text);
    }
}

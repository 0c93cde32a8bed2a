package xyz.graphyn.adapter.http.endpoint;

import java.util.Set;
import xyz.graphyn.adapter.http.json.JsonReader;
import xyz.graphyn.adapter.http.json.JsonText;

/** A body that an endpoint takes: its type, how large it may be, and one that it would take. */
public final class JsonBody<T extends Record> {
    private final Class<T> type;
    private final BodySize size;
    private final Set<String> mediaTypes;
    private final String example;
    private final JsonReader<T> reader;

    private JsonBody(Class<T> type, BodySize size, Set<String> mediaTypes, String example) {
        this.type = type;
        this.size = size;
        this.mediaTypes = mediaTypes;
        this.example = example;
        this.reader = new JsonReader<>(type);
        read(JsonText.of(example, size.maxKeys()));
    }

    /**
     * @param example the text of a body
     * @throws xyz.graphyn.adapter.http.problem.ProblemException if the example itself would be refused
     */
    public static <T extends Record> JsonBody<T> of(Class<T> type, BodySize size, String example) {
        return new JsonBody<>(type, size, Set.of("application/json"), example);
    }

    /** A body that says what is to change (RFC 7396): a record of {@link xyz.graphyn.adapter.http.json.Change}s. */
    public static <T extends Record> JsonBody<T> mergePatch(Class<T> type, BodySize size, String example) {
        return new JsonBody<>(type, size, Set.of("application/merge-patch+json", "application/json"), example);
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

    public String example() {
        return example;
    }

    /** @throws xyz.graphyn.adapter.http.problem.ProblemException with every mistake */
    public T read(JsonText text) {
        return reader.read(text);
    }
}

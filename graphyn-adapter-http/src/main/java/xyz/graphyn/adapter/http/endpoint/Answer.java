package xyz.graphyn.adapter.http.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.json.JsonWriter;
import xyz.graphyn.application.idempotency.StoredAnswer;
import xyz.graphyn.application.masking.Masked;

/** What a handler answers: a value that can be kept and sent later as well as now, but for a body that is streamed. */
public final class Answer {
    /** How many findings of an answer are hidden, by a mask or behind a hint. */
    public static final String MASKED = "Graphyn-Masked";

    private static final String LOCATION = "Location";
    private static final String JSON = "application/json";
    private static final byte[] NO_BODY = {};

    private final int status;
    private final Map<String, String> headers;
    private final @Nullable String mediaType;
    private final byte[] body;
    private final @Nullable StreamedBody streamed;

    private Answer(
            int status,
            Map<String, String> headers,
            @Nullable String mediaType,
            byte[] body,
            @Nullable StreamedBody streamed) {
        this.status = status;
        this.headers = headers;
        this.mediaType = mediaType;
        this.body = body;
        this.streamed = streamed;
    }

    public static Answer json(int status, Record body) {
        return new Answer(status, Map.of(), JSON, JsonWriter.write(body), null);
    }

    /** 201, with the path of what was created. */
    public static Answer created(String location, Record body) {
        return json(201, body).with(LOCATION, location);
    }

    public static Answer noContent() {
        return empty(204);
    }

    public static Answer empty(int status) {
        return new Answer(status, Map.of(), null, NO_BODY, null);
    }

    /** @param body is not copied, and must not change any more */
    public static Answer of(int status, String mediaType, byte[] body) {
        return new Answer(status, Map.of(), mediaType, body, null);
    }

    /** 200, with a body that comes bit by bit. Whoever is handed this answer closes the body. */
    public static Answer streamed(String mediaType, StreamedBody body) {
        return new Answer(200, Map.of(), mediaType, NO_BODY, body);
    }

    /** An answer without a body that sends its caller elsewhere. */
    public static Answer redirect(String location) {
        return empty(302).with(LOCATION, location);
    }

    /**
     * As much of it as is kept.
     *
     * @throws IllegalStateException if it names nothing by which its repetition could be answered
     */
    public StoredAnswer stored() {
        String location = headers.get(LOCATION);
        if (location == null) {
            throw new IllegalStateException("An answer without Location can't be repeated");
        }
        return new StoredAnswer(status, location);
    }

    /** This answer to a request that was done before, with what is kept of the first one. */
    Answer repeating(StoredAnswer first) {
        return new Answer(first.status(), headers, mediaType, body, streamed).with(LOCATION, first.location());
    }

    /** This answer, telling how many findings are hidden in it. */
    public Answer masking(Masked<?> shown) {
        return with(MASKED, Integer.toString(shown.hidden()));
    }

    /** This answer with one header more. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, more, mediaType, body, streamed);
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    /** Empty if and only if there is no body. */
    public Optional<String> mediaType() {
        return Optional.ofNullable(mediaType);
    }

    /** Empty if the body is {@link #body}. */
    public Optional<StreamedBody> streamed() {
        return Optional.ofNullable(streamed);
    }

    /** Not a copy. */
    public byte[] body() {
        return body;
    }
}

package xyz.graphyn.adapter.http.endpoint;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import xyz.graphyn.adapter.http.json.JsonItems;
import xyz.graphyn.adapter.http.json.JsonReader;
import xyz.graphyn.adapter.http.json.JsonText;

/**
 * A body that an endpoint takes: its type, how large it may be, and one that it would take.
 *
 * @param <T> what handlers get
 */
public abstract sealed class JsonBody<T> {
    private static final String JSON = "application/json";

    private final Class<? extends Record> type;
    private final BodySize size;
    private final Set<String> mediaTypes;
    private final String example;

    private JsonBody(Class<? extends Record> type, BodySize size, Set<String> mediaTypes, String example) {
        this.type = type;
        this.size = size;
        this.mediaTypes = mediaTypes;
        this.example = example;
    }

    /**
     * One thing.
     *
     * @param example the text of a body
     * @throws xyz.graphyn.adapter.http.problem.ProblemException if the example itself would be refused
     */
    public static <T extends Record> JsonBody<T> of(Class<T> type, BodySize size, String example) {
        return new Whole<>(type, size, Set.of(JSON), example);
    }

    /** A body that says what is to change (RFC 7396): a record of {@link xyz.graphyn.adapter.http.json.Change}s. */
    public static <T extends Record> JsonBody<T> mergePatch(Class<T> type, BodySize size, String example) {
        return new Whole<>(type, size, Set.of("application/merge-patch+json", JSON), example);
    }

    /**
     * Many things, each read and checked while the others still come.
     *
     * @param type a record with that list, for its description
     * @param example the text of a body
     */
    public static <D> Listed<D> list(Class<? extends Record> type, JsonItems<?, D> items, String example) {
        return new Listed<>(type, items, Set.of(JSON), example);
    }

    public Class<? extends Record> type() {
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
        return Optional.empty();
    }

    /** Whether it is read while it comes, and not held. */
    public abstract boolean streamed();

    /**
     * @param body is read to its end unless something is wrong with it
     * @param mediaType the one of {@link #mediaTypes} that it was sent as
     * @throws xyz.graphyn.adapter.http.problem.ProblemException if it breaks a rule of JSON; where it is streamed, with
     *     every other mistake too
     */
    abstract Received receive(InputStream body, String mediaType, Handler.OfBody<T> handler);

    private static final class Whole<T extends Record> extends JsonBody<T> {
        private final JsonReader<T> reader;

        Whole(Class<T> type, BodySize size, Set<String> mediaTypes, String example) {
            super(type, size, mediaTypes, example);
            this.reader = new JsonReader<>(type);
            reader.read(JsonText.of(example, size.maxKeys()));
        }

        @Override
        public boolean streamed() {
            return false;
        }

        @Override
        Received receive(InputStream body, String mediaType, Handler.OfBody<T> handler) {
            try {
                JsonText text = JsonText.of(body.readAllBytes(), size().maxKeys());
                return new Received(text, request -> handler.handle(request, reader.read(text)));
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    /** A body of many things. */
    public static final class Listed<D> extends JsonBody<List<D>> {
        private final JsonItems<?, D> items;

        private Listed(Class<? extends Record> type, JsonItems<?, D> items, Set<String> mediaTypes, String example) {
            super(type, BodySize.BATCH, mediaTypes, example);
            this.items = items;
            items.read(new ByteArrayInputStream(example.getBytes(StandardCharsets.UTF_8)));
        }

        /** This body, or the items of its list on one line each. */
        public JsonBody<List<D>> orLines() {
            return new Listed<>(type(), items, Set.of(JSON, JsonItems.LINES), example());
        }

        @Override
        public Optional<String> lines() {
            return mediaTypes().contains(JsonItems.LINES) ? Optional.of(items.list()) : Optional.empty();
        }

        @Override
        public boolean streamed() {
            return true;
        }

        @Override
        Received receive(InputStream body, String mediaType, Handler.OfBody<List<D>> handler) {
            List<D> drafts = mediaType.equals(JsonItems.LINES) ? items.readLines(body) : items.read(body);
            return new Received(null, request -> handler.handle(request, drafts));
        }
    }
}

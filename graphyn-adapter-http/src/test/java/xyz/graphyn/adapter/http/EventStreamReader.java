package xyz.graphyn.adapter.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an event stream as WHATWG HTML says, section 9.2.6. */
final class EventStreamReader implements AutoCloseable {
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;
    private String lastEventId = "";
    private @Nullable String retry;
    private int comments;

    /** An event as it is dispatched. */
    record Event(String type, String data, String lastEventId) {}

    EventStreamReader(HttpResponse<InputStream> response) {
        this.response = response;
        this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    /** What the client would send as {@code Last-Event-ID}, were it to come back now. */
    String lastEventId() {
        return lastEventId;
    }

    @Nullable String retry() {
        return retry;
    }

    int comments() {
        return comments;
    }

    /** The next event; null at the end. Blocks without data are no events, but move {@link #lastEventId}. */
    @Nullable Event next() {
        return read(false);
    }

    /** Reads one block, which may be none that is dispatched. */
    @Nullable Event nextBlock() {
        return read(true);
    }

    private @Nullable Event read(boolean oneBlock) {
        List<String> data = new ArrayList<>();
        String type = "message";
        String id = lastEventId;
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    lastEventId = id;
                    if (!data.isEmpty()) {
                        return new Event(type, String.join("\n", data), lastEventId);
                    }
                    if (oneBlock) {
                        return null;
                    }
                    type = "message";
                    continue;
                }
                if (line.startsWith(":")) {
                    comments++;
                    continue;
                }
                int colon = line.indexOf(':');
                String field = colon < 0 ? line : line.substring(0, colon);
                String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
                switch (field) {
                    case "event" -> type = value;
                    case "data" -> data.add(value);
                    case "id" -> id = value;
                    case "retry" -> retry = value;
                    default -> {}
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

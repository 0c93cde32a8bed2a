package xyz.graphyn.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Watches one agent, on a WebSocket or as server-sent events, and gives its events as they come. */
final class EventWatcher implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    /** What is shown: the event as it came, and all of the text that came with it. */
    record Shown(JsonNode event, String wire) {}

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<Shown> shown = new LinkedBlockingQueue<>();

    private EventWatcher() {}

    /** From the first event on. */
    static EventWatcher onWebSocket(URI server, String token, String agent) {
        EventWatcher watcher = new EventWatcher();
        WebSocket socket = watcher.http
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws" + server.toString().substring(4) + "/stream"), watcher.new Socket())
                .join();
        socket.sendText(
                        "{\"type\":\"subscribe\",\"token\":\"%s\",\"agents\":[{\"agentId\":\"%s\",\"after\":0}]}"
                                .formatted(token, agent),
                        true)
                .join();
        return watcher;
    }

    /** What this query asks for, as server-sent events. */
    static EventWatcher onEventStream(URI server, String token, String agent, String query) {
        EventWatcher watcher = new EventWatcher();
        try {
            HttpResponse<InputStream> response = watcher.http.send(
                    HttpRequest.newBuilder(server.resolve("/agents/" + agent + "/events/stream?" + query))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new AssertionError("The stream was answered " + response.statusCode());
            }
            Thread.ofVirtual().start(() -> watcher.read(response.body()));
            return watcher;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The next event. */
    Shown next() {
        try {
            Shown next = shown.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no event came");
            }
            return next;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void read(InputStream body) {
        StringBuilder block = new StringBuilder();
        StringBuilder data = new StringBuilder();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                block.append(line).append('\n');
                if (line.startsWith("data:")) {
                    data.append(data.isEmpty() ? "" : "\n")
                            .append(line.substring(5).stripLeading());
                } else if (line.isEmpty()) {
                    if (data.toString().contains("\"seq\"")) {
                        shown.add(new Shown(Api.JSON.readTree(data.toString()), block.toString()));
                    }
                    block.setLength(0);
                    data.setLength(0);
                }
            }
        } catch (IOException closed) {
            block.setLength(0); // by this side
        }
    }

    private final class Socket implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String wire = text.toString();
                text.setLength(0);
                JsonNode message = Api.JSON.readTree(wire);
                if (message.has("event")) {
                    shown.add(new Shown(message.get("event"), wire));
                }
                message.path("events").forEach(event -> shown.add(new Shown(event, wire)));
            }
            socket.request(1);
            return null;
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

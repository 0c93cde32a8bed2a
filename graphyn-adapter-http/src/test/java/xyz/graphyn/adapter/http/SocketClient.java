package xyz.graphyn.adapter.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A client of {@code /stream} that keeps what it is told. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private @Nullable WebSocket socket;

    static SocketClient open(int port, String... headers) {
        SocketClient client = new SocketClient();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS));
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        client.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + port + "/stream"), client)
                .join();
        return client;
    }

    WebSocket socket() {
        return Optional.ofNullable(socket).orElseThrow();
    }

    void send(String message) {
        socket().sendText(message, true).join();
    }

    /** The next message. */
    JsonNode next() {
        try {
            JsonNode message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("No message came; closed: " + closed.getNow("no"));
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The next message, which is of this type. */
    JsonNode next(String type) {
        JsonNode message = next();
        if (!message.path("type").asString().equals(type)) {
            throw new AssertionError("Expected " + type + " but got " + message);
        }
        return message;
    }

    /** The {@code seq} of each of the next events, however they are packed; other messages are an error. */
    List<Long> seqs(int count) {
        List<Long> seqs = new ArrayList<>();
        while (seqs.size() < count) {
            JsonNode message = next();
            switch (message.path("type").asString()) {
                case "event" -> seqs.add(message.path("event").path("seq").asLong());
                case "events" ->
                    message.path("events")
                            .forEach(event -> seqs.add(event.path("seq").asLong()));
                default -> throw new AssertionError("Expected events but got " + message);
            }
        }
        return seqs;
    }

    boolean hasMessages() {
        return !messages.isEmpty();
    }

    /** Code and reason with which the server closed. */
    String closed() {
        return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            messages.add(TestApi.JSON.readTree(part.toString()));
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete("broken " + error);
    }

    @Override
    public void close() {
        socket().abort();
    }
}

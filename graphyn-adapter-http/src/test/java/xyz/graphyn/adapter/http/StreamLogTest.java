package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A stream has a line at its beginning, which is its request's, and one at its end, under the same id. */
class StreamLogTest {
    private final Queue<ILoggingEvent> lines = new ConcurrentLinkedQueue<>();
    private final List<Logger> loggers = List.of((Logger) LoggerFactory.getLogger(RequestLog.class), (Logger)
            LoggerFactory.getLogger("xyz.graphyn.adapter.http.stream.StreamLog"));
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            lines.add(event);
        }
    };
    private final StreamServer server = new StreamServer();

    @BeforeEach
    void listen() {
        appender.start();
        for (Logger logger : loggers) {
            logger.setLevel(Level.INFO);
            logger.addAppender(appender);
        }
    }

    @AfterEach
    void stop() {
        server.close();
        for (Logger logger : loggers) {
            logger.detachAppender(appender);
            logger.setLevel(null);
        }
    }

    @Test
    void notesBeginAndEndOfAWebSocket() {
        try (SocketClient client = SocketClient.open(server.port(), "X-Request-Id", "w-1")) {
            client.send(StreamServer.subscribe(TestApi.ADA, server.agent(), "0"));
            client.next("subscribed");
            server.record(3, "message");
            client.next("events");
            client.send("s3cret");
            client.closed();
        }
        assertEquals("/stream 101", about("w-1", "Request served", "route", "status"));
        assertEquals(
                "websocket bad-message-4400 3 ada",
                about("w-1", "Stream ended", "transport", "why", "events", "principal"));
        assertFalse(lines.toString().contains("s3cret"));
    }

    @Test
    void notesBeginAndEndOfAnEventStream() {
        server.record(2, "message");
        String path = "/agents/" + server.agent() + "/events/stream?after=0";
        try (RawSocket socket = new RawSocket(server.port())) {
            socket.send(RawSocket.head(
                    "GET " + path + " HTTP/1.1",
                    "Host: a",
                    "X-Request-Id: s-1",
                    "Authorization: Bearer admin.ada.1.9"));
            socket.readUntil("id: 2\n");
            server.clock().advance(java.time.Duration.ofSeconds(9));
            socket.readUntil("token-expired");
        }
        assertEquals("/agents/{agentId}/events/stream 200", about("s-1", "Request served", "route", "status"));
        assertEquals(
                "sse token-expired 2 ada", about("s-1", "Stream ended", "transport", "why", "events", "principal"));
    }

    /** Some of what the only line of this kind about a request says. */
    private String about(String requestId, String message, String... keys) {
        StreamServer.await(() -> lines.stream().anyMatch(line -> is(line, requestId, message)));
        List<ILoggingEvent> found =
                lines.stream().filter(line -> is(line, requestId, message)).toList();
        assertEquals(1, found.size());
        Map<String, String> values = found.getFirst().getKeyValuePairs().stream()
                .collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
        return List.of(keys).stream()
                .map(key -> values.getOrDefault(key, "none"))
                .collect(Collectors.joining(" "));
    }

    private static boolean is(ILoggingEvent line, String requestId, String message) {
        return line.getFormattedMessage().equals(message)
                && requestId.equals(line.getMDCPropertyMap().get("requestId"));
    }
}

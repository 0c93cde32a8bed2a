package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.slf4j.event.KeyValuePair;

class RequestLogTest {
    private final Queue<ILoggingEvent> events = new ConcurrentLinkedQueue<>();
    private final Logger requests = (Logger) LoggerFactory.getLogger(RequestLog.class);
    private final Logger faults = (Logger) LoggerFactory.getLogger(Pipeline.class);
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            events.add(event);
        }
    };

    private final TestApi api = new TestApi(new TestEndpoints().all());

    @BeforeEach
    void listen() {
        appender.start();
        for (Logger logger : List.of(requests, faults)) {
            logger.setLevel(Level.DEBUG);
            logger.addAppender(appender);
        }
    }

    @AfterEach
    void stop() {
        api.close();
        requests.detachAppender(appender);
        faults.detachAppender(appender);
        requests.setLevel(null);
        faults.setLevel(Level.OFF);
    }

    @Test
    void notesWhoAskedWhatOfWhichEndpoint() {
        api.get("/agents/" + TestEndpoints.AGENT + "/thing", "X-Request-Id", "r-1");
        Map<String, String> line = onlyLine();
        assertEquals("r-1", requestId());
        assertTrue(Long.parseLong(line.getOrDefault("micros", "-1")) > 0);
        assertEquals(
                Map.of(
                        "method", "GET",
                        "route", "/agents/{agentId}/thing",
                        "status", "200",
                        "bytes", "47",
                        "principal", "ada",
                        "organization", "00000000-0000-7000-0000-000000000001"),
                without(line, "micros"));
    }

    @Test
    void tellsTheUsualLevelOnlyOfWhatFailed() {
        requests.setLevel(Level.INFO);
        faults.setLevel(Level.OFF);
        api.get("/things");
        api.get("/agents/" + TestEndpoints.AGENT + "/thing");
        api.get("/fault");
        assertEquals("/fault", onlyLine().get("route"));
    }

    @Test
    void notesWhatNobodyServes() {
        api.send("FOO", "/secret-path?secret=query", null);
        Map<String, String> line = onlyLine();
        assertEquals("other none 404", line.get("method") + " " + line.get("route") + " " + line.get("status"));
    }

    @Test
    void notesWhatIsNoHttp() {
        String answer = RawSocket.exchangeUntilClosed(api.server().port(), "GE(T / HTTP/1.1\r\n\r\n");
        assertEquals("400", onlyLine().get("status"));
        assertTrue(answer.contains("X-Request-Id: " + requestId() + "\r\n"), answer);
    }

    @Test
    void neverHoldsTokensQueriesOrBodies() {
        api.get("/things?q=s3cret");
        api.get("/things?s3cret=1", "X-Request-Id", "s3cret\u00e4");
        api.get("/s3cret");
        api.get("/open", "Authorization", "Bearer s3cret", "Cookie", "s3cret", "User-Agent", "s3cret");
        api.get("/things", "Authorization", "Bearer s3cret");
        api.post("/things", "{\"s3cret\":\"s3cret\"}");
        api.post("/things", "{\"name\":\"s3cret\"}");
        api.post("/things", "s3cret");
        awaitLines(8);
        String log = events.stream()
                .map(event -> event.getFormattedMessage() + event.getKeyValuePairs() + event.getMDCPropertyMap())
                .collect(Collectors.joining("\n"));
        assertEquals(8, events.size(), log);
        assertFalse(log.contains("s3cret"), log);
    }

    @Test
    void reportsAFaultOnceWithItsStackTraceUnderTheRequestsId() {
        TestApi.Reply reply = api.get("/fault");
        awaitLines(2);
        List<ILoggingEvent> errors =
                events.stream().filter(event -> event.getLevel() == Level.ERROR).toList();
        assertEquals(1, errors.size());
        assertEquals(
                reply.header("X-Request-Id"),
                errors.getFirst().getMDCPropertyMap().get("requestId"));
        assertTrue(errors.getFirst().getThrowableProxy().getStackTraceElementProxyArray().length > 0);
    }

    private String requestId() {
        return events.element().getMDCPropertyMap().getOrDefault("requestId", "none");
    }

    private Map<String, String> onlyLine() {
        awaitLines(1);
        List<KeyValuePair> pairs = events.element().getKeyValuePairs();
        return pairs.stream().collect(Collectors.toMap(pair -> pair.key, pair -> String.valueOf(pair.value)));
    }

    /** A line is written after its answer was sent. */
    private void awaitLines(int count) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (events.size() < count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertEquals(count, events.size(), events::toString);
    }

    private static Map<String, String> without(Map<String, String> line, String key) {
        line.remove(key);
        return line;
    }
}

package xyz.graphyn.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LoggingTest {
    private final LoggerContext context = new LoggerContext();

    private String line(String message, Map<String, String> diagnostics, KeyValuePair... pairs) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerContext(context);
        event.setLoggerName("xyz.graphyn.adapter.http.RequestLog");
        event.setLevel(Level.INFO);
        event.setMessage(message);
        event.setMDCPropertyMap(diagnostics);
        event.setInstant(Instant.parse("2026-01-02T03:04:05.678Z"));
        event.setKeyValuePairs(List.of(pairs));
        return new String(Logging.text(context).encode(event), StandardCharsets.UTF_8);
    }

    @Test
    void writesTheFieldsOfARequest() {
        assertEquals(
                "2026-01-02T03:04:05.678Z INFO  RequestLog request status=\"201\" route=\"/agents\" requestId=req-1%n"
                        .formatted(),
                line(
                        "request",
                        Map.of("requestId", "req-1"),
                        new KeyValuePair("status", 201),
                        new KeyValuePair("route", "/agents")));
    }

    @Test
    void writesNothingForFieldsThatAreNotThere() {
        assertEquals("2026-01-02T03:04:05.678Z INFO  RequestLog hello%n".formatted(), line("hello", Map.of()));
    }

    @Test
    void keepsWhatAClientSentInItsLine() {
        String hostile = "a\r\nb\u001b[31mc\u0085d\u009be\u202ef\u2028g\u2029h\ti";
        String plain = "a??b?[31mc?d?e?f?g?h\ti";
        assertEquals(
                "2026-01-02T03:04:05.678Z INFO  RequestLog %s subject=\"%s\" key=%s%n".formatted(plain, plain, plain),
                line(hostile, Map.of("key", hostile), new KeyValuePair("subject", hostile)));
    }
}

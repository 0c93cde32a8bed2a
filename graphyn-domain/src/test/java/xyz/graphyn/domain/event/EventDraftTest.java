package xyz.graphyn.domain.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.domain.validation.Violation;

class EventDraftTest {
    @Test
    void cutsTimeToMicroseconds() {
        EventDraft draft =
                new EventDraft("message", Json.EMPTY, Instant.parse("2026-01-01T00:00:00.123456789Z"), null, null);
        assertEquals(Instant.parse("2026-01-01T00:00:00.123456Z"), draft.occurredAt());
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        Invalid invalid = assertThrows(
                Invalid.class,
                () -> new EventDraft(
                        "no spaces",
                        new Json("{\"a\":\"" + "x".repeat(EventDraft.MAX_PAYLOAD) + "\"}"),
                        Instant.MAX,
                        "",
                        "x".repeat(201)));
        assertEquals(
                List.of("/type", "/payload", "/occurredAt", "/sessionId", "/externalId"),
                invalid.violations().stream().map(Violation::pointer).toList());
    }
}

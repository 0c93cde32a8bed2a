package xyz.graphyn.domain.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.validation.Checks;

/**
 * An event as its sender tells it.
 *
 * @param type for example {@code message} or {@code tool.called}: 1 to {@value Checks#MAX_TYPE_NAME} characters, which
 *     {@value Checks#TYPE_NAME_RULE}
 * @param payload at most {@value #MAX_PAYLOAD} characters of JSON, kept as it came
 * @param occurredAt when it happened, cut to microseconds; null for the time of its arrival
 * @param sessionId the run or conversation it belongs to, 1 to {@value Checks#MAX_IDENTIFIER} code points
 * @param externalId the sender's own id, 1 to {@value Checks#MAX_IDENTIFIER} code points: one agent never has two events
 *     with the same, so that sending again is safe
 */
public record EventDraft(
        String type,
        Json payload,
        @Nullable Instant occurredAt,
        @Nullable String sessionId,
        @Nullable String externalId) {
    public static final int MAX_PAYLOAD = 2_000_000;
    /** As many as one request may hold: a transaction that stays well under a second. */
    public static final int MAX_BATCH = 1_000;

    /** @throws xyz.graphyn.domain.validation.Invalid with every mistake */
    public EventDraft {
        new Checks()
                .typeName("/type", type)
                .json("/payload", payload, MAX_PAYLOAD)
                .time("/occurredAt", occurredAt)
                .identifier("/sessionId", sessionId)
                .identifier("/externalId", externalId)
                .orThrow();
        occurredAt = occurredAt == null ? null : occurredAt.truncatedTo(ChronoUnit.MICROS);
    }
}

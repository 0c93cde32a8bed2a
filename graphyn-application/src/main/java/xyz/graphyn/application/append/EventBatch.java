package xyz.graphyn.application.append;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.masking.Findings;

/**
 * Events to be recorded as a whole.
 *
 * @param events at least one, at most {@value EventDraft#MAX_BATCH}
 * @param receivedAt when they arrived, in microseconds; also when those happened that don't say
 * @param audit makes the entry from the outcome; must be quick and without effect, since it runs in the transaction
 */
public record EventBatch(
        AgentKey agent, List<NewEvent> events, Instant receivedAt, Function<List<RecordedEvent>, AuditEntry> audit) {
    public EventBatch {
        events = List.copyOf(events);
    }

    /**
     * @param id a new one; it is not used if the event turns out to be known
     * @param findings what is sensitive in the draft
     */
    public record NewEvent(EventId id, EventDraft draft, Findings findings) {}
}

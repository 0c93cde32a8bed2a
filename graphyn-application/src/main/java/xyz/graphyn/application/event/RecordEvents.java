package xyz.graphyn.application.event;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.EventBatch.NewEvent;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.audit.AuditEntries;
import xyz.graphyn.application.identifier.IdGenerator;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.validation.Invalid;

/**
 * Takes in what happened to an agent. What is answered is durable. Sending the same again, told by {@code externalId},
 * records nothing and answers with the first.
 */
public final class RecordEvents {
    private final AgentGate gate;
    private final Appender appender;
    private final EventStore events;
    private final AuditEntries entries;
    private final IdGenerator ids;
    private final InstantSource clock;

    public RecordEvents(
            AgentGate gate,
            Appender appender,
            EventStore events,
            AuditEntries entries,
            IdGenerator ids,
            InstantSource clock) {
        this.gate = gate;
        this.appender = appender;
        this.events = events;
        this.entries = entries;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param created false if the agent had an event of this {@code externalId} already, which then is the answer */
    public record One(Event event, boolean created) {}

    /** @throws Refusal if the caller may not write to the agent */
    public One record(Caller caller, AgentId agent, EventDraft draft) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        Instant now = clock.instant();
        RecordedEvent recorded =
                appender.recordEvents(batch(caller, key, List.of(draft), now)).getFirst();
        if (recorded.created()) {
            return new One(event(key, recorded, draft, now), true);
        }
        return events.find(key, recorded.id())
                .map(first -> new One(first, false))
                .orElseThrow(() -> new Refusal.NotFound("agent"));
    }

    /**
     * Records all or nothing.
     *
     * @return one for each draft, in their order
     * @throws Refusal if the caller may not write to the agent
     * @throws Invalid if there are none, or more than {@value EventDraft#MAX_BATCH}
     */
    public List<RecordedEvent> recordAll(Caller caller, AgentId agent, List<EventDraft> drafts) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        if (drafts.isEmpty()) {
            throw new Invalid("/events", "empty", "must hold at least one event");
        }
        if (drafts.size() > EventDraft.MAX_BATCH) {
            throw new Invalid("/events", "too-many", "must hold at most " + EventDraft.MAX_BATCH + " events");
        }
        return appender.recordEvents(batch(caller, key, drafts, clock.instant()));
    }

    private EventBatch batch(Caller caller, AgentKey key, List<EventDraft> drafts, Instant now) {
        List<NewEvent> numbered = drafts.stream()
                .map(draft -> new NewEvent(new EventId(ids.next()), draft, Findings.UNSCANNED))
                .toList();
        return new EventBatch(key, numbered, now, outcome -> audit(caller, key.agent(), outcome));
    }

    private AuditEntry audit(Caller caller, AgentId agent, List<RecordedEvent> outcome) {
        List<RecordedEvent> created =
                outcome.stream().filter(RecordedEvent::created).toList();
        return entries.onAgent(
                caller,
                AuditAction.EVENTS_RECORDED,
                agent,
                Map.of(
                        "count", Integer.toString(created.size()),
                        "firstSeq", Long.toString(created.getFirst().seq()),
                        "lastSeq", Long.toString(created.getLast().seq())));
    }

    private static Event event(AgentKey key, RecordedEvent recorded, EventDraft draft, Instant now) {
        return new Event(
                recorded.id(),
                recorded.seq(),
                key.agent(),
                draft.type(),
                draft.sessionId(),
                draft.externalId(),
                draft.payload(),
                draft.occurredAt() == null ? now : draft.occurredAt(),
                now,
                Findings.UNSCANNED);
    }
}

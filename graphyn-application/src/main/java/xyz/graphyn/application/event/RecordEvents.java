package xyz.graphyn.application.event;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
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
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.application.masking.Disclosures.Written;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.masking.SensitiveData;
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
    private final SensitiveData data;
    private final Disclosures disclosures;
    private final AuditEntries entries;
    private final IdGenerator ids;
    private final InstantSource clock;

    public RecordEvents(
            AgentGate gate,
            Appender appender,
            EventStore events,
            SensitiveData data,
            Disclosures disclosures,
            AuditEntries entries,
            IdGenerator ids,
            InstantSource clock) {
        this.gate = gate;
        this.appender = appender;
        this.events = events;
        this.data = data;
        this.disclosures = disclosures;
        this.entries = entries;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param created false if the agent had an event of this {@code externalId} already, which then is the answer */
    public record One(Masked<Event> event, boolean created) {}

    /** @throws Refusal if the caller may not write to the agent */
    public One record(Caller caller, AgentId agent, EventDraft draft) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        Instant now = clock.instant();
        Findings findings = data.in(caller.organization(), draft);
        Written<Event> written = disclosures.written(caller, findings);
        RecordedEvent recorded = appender.recordEvents(
                        batch(caller, key, List.of(draft), List.of(findings), written.details(), now))
                .getFirst();
        if (recorded.created()) {
            return new One(written.show(event(key, recorded, draft, findings, now)), true);
        }
        return events.find(key, recorded.id())
                .map(first -> new One(disclosures.event(caller, first), false))
                .orElseThrow(() -> new Refusal.NotFound("agent"));
    }

    /**
     * Records all or nothing.
     *
     * @return one for each draft, in their order
     * @throws Refusal if the caller may not write to the agent
     * @throws Invalid if there are none, or more than {@value EventDraft#MAX_BATCH}
     */
    public Masked<List<RecordedEvent>> recordAll(Caller caller, AgentId agent, List<EventDraft> drafts) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        if (drafts.isEmpty()) {
            throw new Invalid("/events", "empty", "must hold at least one event");
        }
        if (drafts.size() > EventDraft.MAX_BATCH) {
            throw new Invalid("/events", "too-many", "must hold at most " + EventDraft.MAX_BATCH + " events");
        }
        List<Findings> findings = data.inEventDrafts(caller.organization(), drafts);
        List<RecordedEvent> recorded =
                appender.recordEvents(batch(caller, key, drafts, findings, Map.of(), clock.instant()));
        return disclosures.recorded(caller, agent, recorded, findings);
    }

    /** @param more for the audit entry */
    private EventBatch batch(
            Caller caller,
            AgentKey key,
            List<EventDraft> drafts,
            List<Findings> findings,
            Map<String, String> more,
            Instant now) {
        List<NewEvent> numbered = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            numbered.add(new NewEvent(new EventId(ids.next()), drafts.get(i), findings.get(i)));
        }
        return new EventBatch(key, numbered, now, outcome -> audit(caller, key.agent(), outcome, more));
    }

    private AuditEntry audit(Caller caller, AgentId agent, List<RecordedEvent> outcome, Map<String, String> more) {
        List<RecordedEvent> created =
                outcome.stream().filter(RecordedEvent::created).toList();
        Map<String, String> details = new HashMap<>(more);
        details.put("count", Integer.toString(created.size()));
        details.put("firstSeq", Long.toString(created.getFirst().seq()));
        details.put("lastSeq", Long.toString(created.getLast().seq()));
        return entries.onAgent(caller, AuditAction.EVENTS_RECORDED, agent, details);
    }

    private static Event event(AgentKey key, RecordedEvent recorded, EventDraft draft, Findings findings, Instant now) {
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
                findings);
    }
}

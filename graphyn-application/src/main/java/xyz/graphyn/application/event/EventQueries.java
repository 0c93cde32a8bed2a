package xyz.graphyn.application.event;

import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventId;

/** Looking at what happened to an agent. Every method throws a {@link Refusal} if the caller may not read the agent. */
public final class EventQueries {
    private final AgentGate gate;
    private final EventStore events;
    private final Disclosures disclosures;

    public EventQueries(AgentGate gate, EventStore events, Disclosures disclosures) {
        this.gate = gate;
        this.events = events;
        this.disclosures = disclosures;
    }

    /** @throws Refusal.NotFound also if the agent has no such event */
    public Masked<Event> get(Caller caller, AgentId agent, EventId id) {
        return events.find(gate.require(caller, agent, AgentPermission.READ), id)
                .map(event -> disclosures.event(caller, event))
                .orElseThrow(() -> new Refusal.NotFound("event"));
    }

    /** @param query what it says of its reader is set here */
    public Masked<Page<Event>> list(Caller caller, AgentId agent, EventQuery query) {
        AgentKey key = gate.require(caller, agent, AgentPermission.READ);
        return disclosures.events(caller, agent, events.page(key, query.by(disclosures.provenBy(caller))));
    }
}

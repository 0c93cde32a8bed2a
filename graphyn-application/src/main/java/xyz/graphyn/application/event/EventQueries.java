package xyz.graphyn.application.event;

import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventId;

/** Looking at what happened to an agent. Every method throws a {@link Refusal} if the caller may not read the agent. */
public final class EventQueries {
    private final AgentGate gate;
    private final EventStore events;

    public EventQueries(AgentGate gate, EventStore events) {
        this.gate = gate;
        this.events = events;
    }

    /** @throws Refusal.NotFound also if the agent has no such event */
    public Event get(Caller caller, AgentId agent, EventId id) {
        return events.find(gate.require(caller, agent, AgentPermission.READ), id)
                .orElseThrow(() -> new Refusal.NotFound("event"));
    }

    public Page<Event> list(Caller caller, AgentId agent, EventQuery query) {
        return events.page(gate.require(caller, agent, AgentPermission.READ), query);
    }
}

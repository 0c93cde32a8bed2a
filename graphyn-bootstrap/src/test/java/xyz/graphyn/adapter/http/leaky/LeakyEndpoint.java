package xyz.graphyn.adapter.http.leaky;

import java.util.Optional;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.event.EventStore;
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventId;

/** Asks a store, and shows by itself what it answers. */
public final class LeakyEndpoint {
    public static LeakyEndpoint made() {
        return new LeakyEndpoint();
    }

    public Optional<Event> events(EventStore events, AgentKey agent, EventId id) {
        return events.find(agent, id);
    }

    public Event shown(Disclosures disclosures, Caller caller, Event event) {
        return disclosures.event(caller, event).value();
    }
}

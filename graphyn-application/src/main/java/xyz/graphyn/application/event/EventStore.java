package xyz.graphyn.application.event;

import java.util.Optional;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventId;

/**
 * Where recorded events are read; they are written by the {@link xyz.graphyn.application.append.Appender} only. An event
 * that was answered as recorded is found by every later call, with its payload as it was sent, character for character.
 */
public interface EventStore {
    Optional<Event> find(AgentKey agent, EventId id);

    /** By {@code seq}, in the order that the query names. Costs no more the deeper the page lies. */
    Page<Event> page(AgentKey agent, EventQuery query);
}

package xyz.graphyn.application.event;

import java.util.List;
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

    /** As many events as {@link #follow} may answer at most. */
    int MAX_FOLLOWING = 1_000;

    /**
     * The events behind {@code after}, in the order of {@code seq}, for whoever reads a log from one end to the other. They
     * may begin later than at {@code after + 1}, and have holes, only where events were removed.
     *
     * @param limit how many at most, 1 to {@value #MAX_FOLLOWING}; fewer come if their payloads are together larger
     *     than some 8 million characters, which is what one reader may have in memory, but at least one if there is one
     */
    List<Event> follow(AgentKey agent, long after, int limit);
}

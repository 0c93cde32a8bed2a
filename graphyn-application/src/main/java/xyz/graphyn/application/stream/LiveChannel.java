package xyz.graphyn.application.stream;

import java.util.Optional;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * The fast path between servers: tells all of them of events that were just committed, and keeps the last ones of each
 * agent for a while. It promises nothing: what it is given may come late, twice, in another order or not at all, and the
 * event store is asked then. Only what is untrue never comes: a run holds the events as they were committed, of the agent
 * and the epoch that are watched.
 *
 * <p>No method throws because the channel's technology is away. Safe for many threads.
 */
public interface LiveChannel {
    /**
     * Turns to the history that everything is about from now on. What was kept or comes from another is passed over; what is
     * watched goes on being watched. Before the first call, nothing is published and nothing kept.
     *
     * @param epoch see {@link xyz.graphyn.application.event.EventHeads.Heads#epoch}
     */
    void enter(String epoch);

    /**
     * Tells everyone who watches, this server too, and keeps the events if they follow those that are kept; if there is a hole
     * before them, they replace what is kept. Returns at once; the rest happens in the background, for the runs of one agent
     * in the order of the calls.
     */
    void publish(EventRun run);

    /** Watches an agent until the watch is closed. Returns at once; a listener hears when watching has begun. */
    Watch watch(AgentKey agent, Listener listener);

    /**
     * The kept events behind {@code after}.
     *
     * @param limit how many at most, from 1
     * @return a run whose first is {@code after + 1}; empty if that one is not kept, or nothing can be told in time
     */
    Optional<EventRun> replay(AgentKey agent, long after, int limit);

    /** What is heard of a watched agent. Called on the channel's threads: it must return at once, and not throw. */
    interface Listener {
        void received(EventRun run);

        /**
         * Something may have been missed: watching has begun, or has begun again after a break, or events were published that
         * were too large to travel.
         */
        void uncertain();
    }

    /** Watching one agent. */
    interface Watch extends AutoCloseable {
        /** The listener hears nothing more from soon after. Idempotent. */
        @Override
        void close();
    }
}

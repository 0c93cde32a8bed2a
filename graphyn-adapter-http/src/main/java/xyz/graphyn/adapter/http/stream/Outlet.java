package xyz.graphyn.adapter.http.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Refusal;

/** One client, as those see it who have something for it. */
interface Outlet {
    /**
     * Sends these in their order. Returns at once.
     *
     * @param promised whether it is what room was promised for
     * @param from whose they are; null if they are about no agent
     */
    void send(List<Chunk> chunks, boolean promised, @Nullable AgentSubscriber from);

    /** @see Backlog#awaitRoom */
    boolean awaitRoom() throws InterruptedException;

    /** Nothing more comes of this agent. */
    void ended(AgentSubscriber subscriber, Refusal why);
}

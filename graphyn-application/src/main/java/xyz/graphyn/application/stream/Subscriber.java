package xyz.graphyn.application.stream;

import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.agent.AgentId;

/**
 * The far end of subscriptions: a client, told of one agent or of many. The calls about one subscription come one after
 * another, {@link #subscribed} first; those about different agents may come at once. Each must return at once and not
 * throw, but for {@link #awaitRoom}.
 */
public interface Subscriber {
    /**
     * The subscription has begun.
     *
     * @param after the client is told of every event above this
     * @param head the agent's last event at this moment
     */
    void subscribed(AgentId agent, long after, long head);

    /** Events that follow, without a hole, those that it was told of before, but for what a {@link #gap} told. */
    void events(MaskedRun run);

    /**
     * These events are no more.
     *
     * @param from the first of them
     * @param to the last of them
     */
    void gap(AgentId agent, long from, long to);

    /** The subscription has ended: nothing more comes of it. Not called for one that was closed by its own side. */
    void ended(AgentId agent, Refusal why);

    /**
     * Waits until there is room for a page of a replay, of up to {@value
     * xyz.graphyn.application.event.EventStore#MAX_FOLLOWING} events. What is live is never waited for.
     *
     * @return false if the client is gone, or does not read
     */
    boolean awaitRoom() throws InterruptedException;
}

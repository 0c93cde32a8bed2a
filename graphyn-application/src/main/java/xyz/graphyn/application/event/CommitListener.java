package xyz.graphyn.application.event;

import xyz.graphyn.domain.agent.AgentKey;

/**
 * Hears of what was recorded right after it was committed, before its sender does. For one agent on one server, runs come in the
 * order of {@code seq}; those that other servers commit don't come here.
 */
@FunctionalInterface
public interface CommitListener {
    /** Called on the appender's thread, on which others wait: it must return at once, and not throw. */
    void recorded(EventRun run);

    /**
     * Nodes of the agent were written that have no embedding, or none any more. Called on the same thread, after {@link
     * #recorded}.
     */
    default void leftUnembedded(AgentKey agent) {}
}

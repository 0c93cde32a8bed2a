package xyz.graphyn.application.event;

/**
 * Hears of events right after they were committed, before their senders do. For one agent on one server, runs come in the
 * order of {@code seq}; those that other servers commit don't come here.
 */
@FunctionalInterface
public interface CommitListener {
    /** Called on the appender's thread, on which others wait: it must return at once, and not throw. */
    void recorded(EventRun run);
}

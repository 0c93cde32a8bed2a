package xyz.graphyn.application.stream;

import xyz.graphyn.application.access.Caller;

/** One subscriber's interest in one agent. */
public interface Subscription extends AutoCloseable {
    /** From now on, events are shown as this caller sees them: the same user, who may have another role now. */
    void turnTo(Caller caller);

    /** Ends it: soon after, the subscriber hears nothing more of it. Idempotent; doesn't wait. */
    @Override
    void close();
}

package xyz.graphyn.application.stream;

/** One subscriber's interest in one agent. */
public interface Subscription extends AutoCloseable {
    /** Ends it: soon after, the subscriber hears nothing more of it. Idempotent; doesn't wait. */
    @Override
    void close();
}

package xyz.graphyn.application.stream;

/** What one connection holds of its user's and its organization's share, until it is closed. */
public interface Lease extends AutoCloseable {
    /** Idempotent. */
    @Override
    void close();
}

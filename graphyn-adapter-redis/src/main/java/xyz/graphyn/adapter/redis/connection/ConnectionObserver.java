package xyz.graphyn.adapter.redis.connection;

/** Hears when Redis can't be reached, and when it can again. Called on the connections' threads: it must return at once. */
public interface ConnectionObserver {
    /** @param reason in words that hold neither a secret nor an address */
    void lost(String reason);

    void back();
}

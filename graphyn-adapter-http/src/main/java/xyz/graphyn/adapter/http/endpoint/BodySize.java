package xyz.graphyn.adapter.http.endpoint;

/** How large a body may be: the bytes come from the configuration, see {@code HttpConfiguration}. */
public enum BodySize {
    /** One thing that people write: an agent, a setting. */
    SMALL(10_000),
    /** One thing that holds a payload. */
    SINGLE(10_000),
    /** Up to 1,000 things: a hundred members for each. */
    BATCH(100_000);

    private final int maxKeys;

    BodySize(int maxKeys) {
        this.maxKeys = maxKeys;
    }

    /** How many members all objects in it may have together. */
    public int maxKeys() {
        return maxKeys;
    }
}

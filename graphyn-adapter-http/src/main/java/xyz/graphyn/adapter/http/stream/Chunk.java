package xyz.graphyn.adapter.http.stream;

/**
 * A piece of what a client is sent: one WebSocket message, or some blocks of an event stream. The bytes are shared by all
 * clients that are sent the same, so nobody may change them.
 */
final class Chunk {
    private final byte[] bytes;
    private final int events;

    /** @param events how many of them are in it */
    Chunk(byte[] bytes, int events) {
        this.bytes = bytes;
        this.events = events;
    }

    /** One without an event. */
    static Chunk of(byte[] bytes) {
        return new Chunk(bytes, 0);
    }

    /** Not a copy. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }

    int events() {
        return events;
    }
}

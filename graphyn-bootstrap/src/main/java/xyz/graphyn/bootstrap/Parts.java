package xyz.graphyn.bootstrap;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was started one after the other, and is closed in reverse order. Not for several threads at once. */
final class Parts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Parts.class);

    private final Deque<AutoCloseable> started = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
        started.push(part);
        return part;
    }

    boolean isEmpty() {
        return started.isEmpty();
    }

    /** Closes every part, the last one first; one that fails doesn't keep the others open. Idempotent. */
    @Override
    public void close() {
        while (!started.isEmpty()) {
            try {
                started.pop().close();
            } catch (Exception e) {
                LOG.error("A part of the server didn't close", e);
            }
        }
    }
}

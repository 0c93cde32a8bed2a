package xyz.graphyn.adapter.http.openapi;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the document when it is first asked for, so that no start waits for it. */
final class LazyDocument implements Supplier<byte[]> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Supplier<byte[]> writer;
    private volatile byte @Nullable [] document;

    LazyDocument(Supplier<byte[]> writer) {
        this.writer = writer;
    }

    @Override
    public byte[] get() {
        byte[] made = document;
        if (made != null) {
            return made;
        }
        lock.lock();
        try {
            made = document;
            if (made == null) {
                made = writer.get();
                document = made;
            }
            return made;
        } finally {
            lock.unlock();
        }
    }
}

package xyz.graphyn.adapter.http.stream;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one client, up to the moment when the socket has taken it. One thread at a time takes; many may offer, and
 * none of these waits but in {@link #awaitRoom}.
 */
final class Backlog {
    /** How many pages of replays may be on their way at once: more would be more memory, and no more speed. */
    private static final int MOST_PROMISES = 2;

    /** After this time a promise counts as forgotten: the replay it was given to found nothing to send. */
    private static final long PROMISE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final int limit;
    private final int room;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // All guarded by the lock.
    private final Deque<Entry> waiting = new ArrayDeque<>(4);
    private @Nullable Entry writing;
    private long pending;
    private long counted;
    private int promises;
    private long promisedAt;
    private long progressAt;
    private boolean busy;
    private boolean closed;

    /** @param promised whether room was promised for it, so that it does not count against the limit */
    record Entry(Chunk chunk, boolean promised) {}

    enum Outcome {
        /** Someone is at work who will take it. */
        TAKEN,
        /** The same, and nobody is at work: who offered it has to send someone. */
        WAKE,
        /** The client has more than it may have; it was not taken. */
        TOO_MUCH,
        /** Nothing is sent any more. */
        CLOSED
    }

    /** @param limit how many bytes may wait that nobody promised room for, behind the piece that is being written */
    Backlog(int limit) {
        this.limit = limit;
        this.room = limit / 4;
        this.progressAt = System.nanoTime();
    }

    Outcome offer(List<Chunk> chunks, boolean promised) {
        lock.lock();
        try {
            if (promised) {
                promises = Math.max(0, promises - 1);
            }
            if (closed) {
                return Outcome.CLOSED;
            }
            if (chunks.isEmpty()) {
                changed.signalAll();
                return Outcome.TAKEN;
            }
            if (!promised && counted - oldest() > limit) {
                forgetWaiting(); // nothing may come behind what is missing now
                return Outcome.TOO_MUCH;
            }
            if (pending == 0) {
                progressAt = System.nanoTime();
            }
            for (Chunk chunk : chunks) {
                waiting.add(new Entry(chunk, promised));
                pending += chunk.length();
                counted += promised ? 0 : chunk.length();
            }
            return wake();
        } finally {
            lock.unlock();
        }
    }

    /** Of the piece that is being written, or is the next: however large it is, it is nobody's fault that it is not out yet. */
    private int oldest() {
        Entry first = writing == null ? waiting.peek() : writing;
        return first == null || first.promised() ? 0 : first.chunk().length();
    }

    /** Calls someone although there is nothing to take, who then finds out why. */
    boolean nudge() {
        lock.lock();
        try {
            return wake() == Outcome.WAKE;
        } finally {
            lock.unlock();
        }
    }

    private Outcome wake() {
        changed.signalAll();
        if (busy) {
            return Outcome.TAKEN;
        }
        busy = true;
        return Outcome.WAKE;
    }

    /**
     * The next pieces, together about as many bytes, at least one piece. If there are none, nobody is at work from now on.
     */
    List<Entry> take(int bytes) {
        lock.lock();
        try {
            List<Entry> taken = poll(bytes);
            busy = !taken.isEmpty();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** The same for a thread of its own: waits for a while, and returns nothing if nothing comes, or all is over. */
    List<Entry> awaitAndTake(int bytes, long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (waiting.isEmpty() && !closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return poll(bytes);
        } finally {
            lock.unlock();
        }
    }

    private List<Entry> poll(int bytes) {
        List<Entry> taken = new ArrayList<>();
        for (int length = 0; length < bytes && !waiting.isEmpty(); ) {
            Entry next = waiting.remove();
            length += next.chunk().length();
            taken.add(next);
        }
        writing = taken.isEmpty() ? null : taken.getFirst();
        return taken;
    }

    /**
     * These have left the process.
     *
     * @return whether there is more to be done; if not, nobody is at work from now on
     */
    boolean written(List<Entry> entries) {
        lock.lock();
        try {
            for (Entry entry : entries) {
                pending -= entry.chunk().length();
                counted -= entry.promised() ? 0 : entry.chunk().length();
            }
            writing = null;
            progressAt = System.nanoTime();
            changed.signalAll();
            busy = closed || !waiting.isEmpty();
            return busy;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the client has read almost everything, and promises room for what is offered next.
     *
     * @return false if it is over
     */
    boolean awaitRoom() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && !hasRoom()) {
                changed.awaitNanos(PROMISE_NANOS);
            }
            promises++;
            promisedAt = System.nanoTime();
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoom() {
        if (promises > 0 && System.nanoTime() - promisedAt > PROMISE_NANOS) {
            promises = 0;
        }
        return pending <= room && promises < MOST_PROMISES;
    }

    /** Takes nothing more; what waits goes out still. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing more, and forgets what waits. */
    void discard() {
        lock.lock();
        try {
            forgetWaiting();
        } finally {
            lock.unlock();
        }
    }

    private void forgetWaiting() {
        closed = true;
        for (Entry entry : waiting) {
            pending -= entry.chunk().length();
            counted -= entry.promised() ? 0 : entry.chunk().length();
        }
        waiting.clear();
        changed.signalAll();
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Whether something waits and the client has taken nothing for so long. */
    boolean stalledFor(long nanos) {
        lock.lock();
        try {
            return pending > 0 && System.nanoTime() - progressAt > nanos;
        } finally {
            lock.unlock();
        }
    }
}

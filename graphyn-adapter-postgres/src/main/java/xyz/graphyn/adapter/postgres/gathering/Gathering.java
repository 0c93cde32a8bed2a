package xyz.graphyn.adapter.postgres.gathering;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;

/**
 * Pieces of work in the order of their arrival, and the one thread that does them: all that have come while it was busy with
 * the ones before, as one group. What finds it idle is begun at once, alone.
 */
public final class Gathering<W extends Gathering.Work> implements AutoCloseable {
    public static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** For the group under way when it is closed; then its connection is taken away. */
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(Gathering.class);

    private final Limits limits;
    private final Consumer<List<W>> doing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<W> queue = new ArrayDeque<>();
    private final Thread worker;
    private long queuedSize;
    private boolean closed;

    /** Something to be done, and who waits for it. */
    public interface Work {
        /** How many rows it brings, from 1. */
        int rows();

        /** About as many characters as it brings; always the same. */
        long size();

        /** Tells who waits; does nothing if they were told before. */
        void fail(Throwable why);
    }

    /**
     * How much is held and done at once. What is larger than {@code queueSize} or {@code groupSize} by itself is taken where
     * nothing else is: else it could never be done.
     *
     * @param queueLength pieces that wait at most
     * @param queueSize characters that wait at most
     * @param groupRows rows of one group at most
     * @param groupSize characters of one group at most
     */
    public record Limits(int queueLength, long queueSize, int groupRows, long groupSize) {}

    /** @param doing does a group and tells each who waits; it must not throw */
    public Gathering(String name, Limits limits, Consumer<List<W>> doing) {
        this.limits = limits;
        this.doing = doing;
        // Not a virtual thread: those that wait for it must not keep it from a carrier.
        worker = Thread.ofPlatform().name(name).daemon().unstarted(this::work);
        worker.start();
    }

    /** @throws Refusal.Unavailable if too much waits, or it is closed; then nothing is done */
    public void add(W work) {
        long size = work.size();
        lock.lock();
        try {
            if (closed) {
                throw closing();
            }
            boolean full =
                    queue.size() >= limits.queueLength || (!queue.isEmpty() && queuedSize + size > limits.queueSize);
            if (full) {
                throw busy();
            }
            queue.add(work);
            queuedSize += size;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @return false if its turn has come */
    public boolean withdraw(W work) {
        lock.lock();
        try {
            boolean queued = queue.remove(work);
            if (queued) {
                queuedSize -= work.size();
            }
            return queued;
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        for (List<W> group = next(); !group.isEmpty(); group = next()) {
            try {
                doing.accept(group);
            } catch (Throwable failure) {
                log.error("A group of writes ended in an error", failure);
                IllegalStateException unknown = new IllegalStateException(
                        "The write ended in an error: whether the change was kept is not known.", failure);
                group.forEach(work -> work.fail(unknown));
            }
        }
    }

    /** The next group; empty when it is closed. */
    private List<W> next() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            List<W> group = new ArrayList<>();
            int rows = 0;
            long size = 0;
            for (W first = queue.peek(); first != null; first = queue.peek()) {
                rows += first.rows();
                size += first.size();
                if (!group.isEmpty() && (rows > limits.groupRows || size > limits.groupSize)) {
                    break;
                }
                group.add(queue.remove());
                queuedSize -= first.size();
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses those that wait for their turn, and waits for the group under way, though not for long. */
    @Override
    public void close() {
        List<W> refused;
        lock.lock();
        try {
            closed = true;
            refused = new ArrayList<>(queue);
            queue.clear();
            queuedSize = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        refused.forEach(work -> work.fail(closing()));
        try {
            worker.join(LONGEST_END);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    public static Refusal.Unavailable busy() {
        return new Refusal.Unavailable("Too many are writing.", RETRY_AFTER);
    }

    private static Refusal.Unavailable closing() {
        return new Refusal.Unavailable("The server is about to stop.", RETRY_AFTER);
    }
}

package xyz.graphyn.adapter.postgres.append;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.adapter.postgres.append.Deed.Outcome;
import xyz.graphyn.application.access.Refusal;

/**
 * Deeds of some agents in the order of their arrival, and the one thread that does them: all that have come while it was
 * busy with the ones before, as one group. A deed that finds it idle is begun at once, alone.
 */
final class Lane implements AutoCloseable {
    /** Longer than a queue that still moves. */
    private static final long LONGEST_WAIT_MILLIS = 10_000;

    /** For the group under way when the lane is closed; then its connection is taken away. */
    private static final Duration LONGEST_END = Duration.ofSeconds(5);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    private final Limits limits;
    private final Consumer<List<Waiting<?>>> doing;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Waiting<?>> queue = new ArrayDeque<>();
    private final Thread worker;
    private long queuedSize;
    private boolean closed;

    /**
     * How much a lane holds and does at once. What is larger than {@code queueSize} or {@code groupSize} by itself is taken
     * where nothing else is: else it could never be done.
     *
     * @param queueDeeds calls that wait at most
     * @param queueSize characters that wait at most
     * @param groupRows rows of one group at most
     * @param groupSize characters of one group at most
     */
    record Limits(int queueDeeds, long queueSize, int groupRows, long groupSize) {}

    /** @param doing does a group and answers each of it; it must not throw */
    Lane(String name, Limits limits, Consumer<List<Waiting<?>>> doing) {
        this.limits = limits;
        this.doing = doing;
        // Not a virtual thread: those that wait for it must not keep it from a carrier.
        worker = Thread.ofPlatform().name(name).daemon().unstarted(this::work);
        worker.start();
    }

    /**
     * Waits until the deed is done.
     *
     * @throws Refusal.Unavailable if the lane is full or closed, or the deed's turn does not come in time or before the
     *     thread is interrupted; then nothing was done
     * @throws IllegalStateException if the thread is interrupted while it is being done
     */
    <T> T take(Deed<T> deed) {
        Waiting<T> waiting = new Waiting<>(deed);
        enqueue(waiting);
        try {
            try {
                return waiting.await(LONGEST_WAIT_MILLIS);
            } catch (TimeoutException late) {
                if (withdraw(waiting)) {
                    throw busy();
                }
                return waiting.await();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            if (withdraw(waiting)) {
                throw new Refusal.Unavailable("The request was given up before its turn.", RETRY_AFTER);
            }
            throw new IllegalStateException(
                    "The request was given up at the commit: whether the change was kept is not known.", interrupted);
        }
    }

    private void enqueue(Waiting<?> waiting) {
        long size = waiting.deed().size();
        lock.lock();
        try {
            if (closed) {
                throw closing();
            }
            boolean full =
                    queue.size() >= limits.queueDeeds || (!queue.isEmpty() && queuedSize + size > limits.queueSize);
            if (full) {
                throw busy();
            }
            queue.add(waiting);
            queuedSize += size;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** @return false if its turn has come */
    private boolean withdraw(Waiting<?> waiting) {
        lock.lock();
        try {
            boolean queued = queue.remove(waiting);
            if (queued) {
                queuedSize -= waiting.deed().size();
            }
            return queued;
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        for (List<Waiting<?>> group = next(); !group.isEmpty(); group = next()) {
            try {
                doing.accept(group);
            } catch (Throwable failure) {
                log.error("A group of appends ended in an error", failure);
                IllegalStateException unknown = new IllegalStateException(
                        "The append ended in an error: whether the change was kept is not known.", failure);
                group.forEach(waiting -> waiting.answer(new Outcome.Failed(unknown)));
            }
        }
    }

    /** The next group; empty when the lane is closed. */
    private List<Waiting<?>> next() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            List<Waiting<?>> group = new ArrayList<>();
            int rows = 0;
            long size = 0;
            for (Waiting<?> first = queue.peek(); first != null; first = queue.peek()) {
                Deed<?> deed = first.deed();
                rows += deed.rows();
                size += deed.size();
                if (!group.isEmpty() && (rows > limits.groupRows || size > limits.groupSize)) {
                    break;
                }
                group.add(queue.remove());
                queuedSize -= deed.size();
            }
            return group;
        } finally {
            lock.unlock();
        }
    }

    /** Refuses those that wait for their turn, and waits for the group under way, though not for long. */
    @Override
    public void close() {
        List<Waiting<?>> refused;
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
        refused.forEach(waiting -> waiting.answer(new Outcome.Failed(closing())));
        try {
            worker.join(LONGEST_END);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Refusal.Unavailable busy() {
        return new Refusal.Unavailable("Too many are writing.", RETRY_AFTER);
    }

    private static Refusal.Unavailable closing() {
        return new Refusal.Unavailable("The server is about to stop.", RETRY_AFTER);
    }
}

package xyz.graphyn.adapter.postgres.append;

import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import xyz.graphyn.adapter.postgres.gathering.Gathering;
import xyz.graphyn.application.access.Refusal;

/** Deeds of some agents, done in the order of their arrival, in groups; and those who wait for them. */
final class Lane implements AutoCloseable {
    /** Longer than a queue that still moves. */
    private static final long LONGEST_WAIT_MILLIS = 10_000;

    private final Gathering<Waiting<?>> gathering;

    /** @param doing does a group and answers each of it; it must not throw */
    Lane(String name, Gathering.Limits limits, Consumer<List<Waiting<?>>> doing) {
        gathering = new Gathering<>(name, limits, doing);
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
        gathering.add(waiting);
        try {
            try {
                return waiting.await(LONGEST_WAIT_MILLIS);
            } catch (TimeoutException late) {
                if (gathering.withdraw(waiting)) {
                    throw Gathering.busy();
                }
                return waiting.await();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            if (gathering.withdraw(waiting)) {
                throw new Refusal.Unavailable("The request was given up before its turn.", Gathering.RETRY_AFTER);
            }
            throw new IllegalStateException(
                    "The request was given up at the commit: whether the change was kept is not known.", interrupted);
        }
    }

    /** Refuses those that wait for their turn, and waits for the group under way, though not for long. */
    @Override
    public void close() {
        gathering.close();
    }
}

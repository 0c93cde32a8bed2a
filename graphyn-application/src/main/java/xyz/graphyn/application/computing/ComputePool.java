package xyz.graphyn.application.computing;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import xyz.graphyn.application.access.Refusal;

/**
 * Platform threads for what computes, shared by all that does. Its queue is bounded; who finds it full waits a little, and is
 * then told to come again. Safe to use from many threads at once.
 */
public final class ComputePool implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Longer than any one piece of work takes: a whole batch is searched in a second or two. */
    private static final Duration LAST_WORK = Duration.ofSeconds(10);

    /**
     * @param threads how much is computed at one time
     * @param waiting how much may wait for its turn
     * @param patience for how long somebody waits to be let into a full queue
     */
    public record Limits(int threads, int waiting, Duration patience) {
        /** @throws IllegalArgumentException if there is no thread, or a limit is below 0 */
        public Limits {
            if (threads < 1 || waiting < 0 || patience.isNegative()) {
                throw new IllegalArgumentException(
                        "no pool can be had of " + threads + ", " + waiting + ", " + patience);
            }
        }

        /**
         * A thread for each processor: more would only take turns. A text of 1 MB, as long as one may be, is searched in some
         * 100 ms: the last of 20 for each thread has its turn within 2 s, which is as long as who finds it full waits.
         */
        public static Limits of(int processors) {
            return new Limits(processors, 20 * processors, Duration.ofSeconds(2));
        }
    }

    private final Duration patience;
    private final Semaphore places;
    private final ExecutorService threads;

    public ComputePool(Limits limits) {
        patience = limits.patience();
        places = new Semaphore(limits.threads() + limits.waiting(), true);
        threads = Executors.newFixedThreadPool(
                limits.threads(),
                Thread.ofPlatform().daemon().name("compute-", 0).factory());
    }

    /**
     * Computes, and waits for it. A caller who is no virtual thread keeps no carrier from anybody, and computes for itself; so
     * does work that is itself done here, which can't wait for its own thread.
     *
     * @param work must wait for nothing. What it throws passes
     * @throws Refusal.Unavailable if the queue stays full, the caller is interrupted, or the pool is closed
     */
    public <T> T run(Supplier<T> work) {
        if (!Thread.currentThread().isVirtual()) {
            return work.get();
        }
        enter();
        Future<T> done;
        try {
            done = threads.submit(() -> {
                try {
                    return work.get();
                } finally {
                    places.release();
                }
            });
        } catch (RejectedExecutionException closed) {
            places.release();
            throw new Refusal.Unavailable("The server is stopping.", RETRY_AFTER);
        }
        return result(done);
    }

    private void enter() {
        try {
            if (!places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Refusal.Unavailable("Too much is being computed.", RETRY_AFTER);
            }
        } catch (InterruptedException interrupted) {
            throw givenUp();
        }
    }

    private static <T> T result(Future<T> done) {
        try {
            return done.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RuntimeException thrown -> throw thrown;
                case Error thrown -> throw thrown;
                case null, default -> throw new IllegalStateException("A computation failed", failed);
            }
        } catch (InterruptedException interrupted) {
            throw givenUp();
        }
    }

    private static Refusal.Unavailable givenUp() {
        Thread.currentThread().interrupt();
        return new Refusal.Unavailable("The request was given up.", RETRY_AFTER);
    }

    /** Takes no more, and returns when what was taken is done, or after 10 s. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_WORK.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

package xyz.graphyn.adapter.recall.work;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import xyz.graphyn.application.access.Refusal;

/** A few platform threads and a queue before them. What finds the queue full is refused at once, rather than late. */
public final class Workers implements AutoCloseable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** What is under way is short; what takes longer than this at the end has hung. */
    private static final Duration AT_CLOSE = Duration.ofSeconds(5);

    private final String refusal;
    private final ThreadPoolExecutor threads;

    /**
     * @param name of the threads
     * @param refusal told to whoever finds the queue full
     */
    public Workers(String name, int count, int queue, String refusal) {
        this.refusal = refusal;
        this.threads = new ThreadPoolExecutor(
                count,
                count,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queue),
                Thread.ofPlatform().name(name + "-", 1).daemon().factory());
    }

    /** A computation that throws nothing checked. */
    @FunctionalInterface
    public interface Task<T> extends Callable<T> {
        @Override
        T call();
    }

    /**
     * Computes, and waits for it.
     *
     * @throws Refusal.Unavailable if too much waits already, if this is closed, or if the caller was interrupted
     */
    public <T> T run(Task<T> task) {
        return await(start(task));
    }

    /** Begins to compute. */
    public <T> Future<T> start(Task<T> task) {
        try {
            return threads.submit(task);
        } catch (RejectedExecutionException e) {
            throw unavailable();
        }
    }

    /** Waits for what {@link #start} began, and throws what it threw. */
    public <T> T await(Future<T> started) {
        try {
            return started.get();
        } catch (InterruptedException e) {
            started.cancel(false);
            Thread.currentThread().interrupt();
            throw unavailable();
        } catch (CancellationException e) {
            throw unavailable();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private Refusal.Unavailable unavailable() {
        return new Refusal.Unavailable(refusal, RETRY_AFTER);
    }

    /** Ends at once: what waits is refused, what is under way is waited for, some seconds at most. */
    @Override
    public void close() {
        closed();
    }

    /**
     * Closes, and tells how that went.
     *
     * @return whether nothing is under way any more
     */
    public boolean closed() {
        for (Runnable waiting : threads.shutdownNow()) {
            if (waiting instanceof Future<?> started) {
                started.cancel(false);
            }
        }
        try {
            return threads.awaitTermination(AT_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

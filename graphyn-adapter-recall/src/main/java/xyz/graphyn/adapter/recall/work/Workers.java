package xyz.graphyn.adapter.recall.work;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
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

    /**
     * Computes all parts, on this thread and on those that have nothing to do now, and returns when all are done. Called on one
     * of these threads; it never waits for a part that nobody has begun.
     *
     * @param part is given each number below {@code parts} once
     */
    public void share(int parts, IntConsumer part) {
        Shared shared = new Shared(parts, part);
        int idle = threads.getQueue().isEmpty() ? threads.getMaximumPoolSize() - threads.getActiveCount() : 0;
        try {
            for (int i = 0; i < Math.min(idle, parts - 1); i++) {
                threads.execute(shared);
            }
        } catch (RejectedExecutionException full) {
            // Then they are not idle any more.
        }
        shared.run();
        shared.await();
    }

    /** Parts of which each thread takes the next. */
    private static final class Shared implements Runnable {
        private final int parts;
        private final IntConsumer part;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch open;
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

        Shared(int parts, IntConsumer part) {
            this.parts = parts;
            this.part = part;
            this.open = new CountDownLatch(parts);
        }

        @Override
        public void run() {
            for (int number = next.getAndIncrement(); number < parts; number = next.getAndIncrement()) {
                try {
                    part.accept(number);
                } catch (RuntimeException | Error thrown) {
                    failure.compareAndSet(null, thrown);
                } finally {
                    open.countDown();
                }
            }
        }

        /** Others may be at their last part, which takes a millisecond: an interrupt does not end it sooner. */
        void await() {
            boolean interrupted = false;
            while (open.getCount() > 0) {
                try {
                    open.await();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            switch (failure.get()) {
                case null -> {}
                case Error error -> throw error;
                case RuntimeException thrown -> throw thrown;
                case Throwable other -> throw new IllegalStateException(other);
            }
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

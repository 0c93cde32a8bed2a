package xyz.graphyn.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/** Runs the same thing many times at once. */
public final class Concurrently {
    private static final long DEADLOCKED_AFTER_SECONDS = 60;

    private Concurrently() {}

    /**
     * Starts {@code times} threads at the same moment.
     *
     * @return their results, by number from 0
     * @throws AssertionError with the first failure, or when they don't end within a minute
     */
    public static <T> List<T> run(int times, IntFunction<T> work) {
        CyclicBarrier start = new CyclicBarrier(times);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                Callable<T> task = () -> {
                    start.await();
                    return work.apply(number);
                };
                futures.add(threads.submit(task));
            }
            List<T> results = new ArrayList<>();
            try {
                for (Future<T> future : futures) {
                    results.add(future.get(DEADLOCKED_AFTER_SECONDS, TimeUnit.SECONDS));
                }
            } catch (ExecutionException failed) {
                throw new AssertionError("one of " + times + " concurrent calls failed", failed.getCause());
            } catch (TimeoutException stuck) {
                throw new AssertionError("concurrent calls did not end", stuck);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", interrupted);
            } finally {
                threads.shutdownNow();
            }
            return results;
        }
    }
}

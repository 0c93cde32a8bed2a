package xyz.graphyn.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Callers that each do one thing after another until the time is up. */
final class Callers {
    /** More calls of one caller than a run has time for. */
    private static final int MOST = 1_000_000;

    private Callers() {}

    static final class Measured {
        private final Duration time;
        private final long[] nanos;

        /** @param nanos how long each call took, ascending */
        Measured(Duration time, long[] nanos) {
            this.time = time;
            this.nanos = nanos;
        }

        double perSecond() {
            return nanos.length / (time.toNanos() / 1e9);
        }

        double millis(double quantile) {
            return nanos.length == 0 ? 0 : nanos[(int) (quantile * (nanos.length - 1))] / 1e6;
        }
    }

    /** What a caller does: by its number, and by the number of the call. */
    @FunctionalInterface
    interface Call {
        void run(int caller, int number) throws Exception;
    }

    static Measured run(int callers, Duration time, Call call) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        List<Future<long[]>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < callers; i++) {
                int caller = i;
                all.add(threads.submit(() -> one(caller, end, call)));
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        long[] nanos = new long[0];
        for (Future<long[]> one : all) {
            long[] more = one.get();
            int before = nanos.length;
            nanos = Arrays.copyOf(nanos, before + more.length);
            System.arraycopy(more, 0, nanos, before, more.length);
        }
        Arrays.sort(nanos);
        return new Measured(took, nanos);
    }

    private static long[] one(int caller, long end, Call call) throws Exception {
        long[] nanos = new long[1_024];
        int count = 0;
        for (long before = System.nanoTime(); before < end && count < MOST; before = System.nanoTime()) {
            call.run(caller, count);
            if (count == nanos.length) {
                nanos = Arrays.copyOf(nanos, 2 * count);
            }
            nanos[count++] = System.nanoTime() - before;
        }
        return Arrays.copyOf(nanos, count);
    }
}

package xyz.graphyn.adapter.redis;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.application.failure.FailureRecorder;

/** Remembers what it was told. */
final class RecordedFailures implements FailureRecorder {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Failure> failures = new CopyOnWriteArrayList<>();

    @Override
    public void record(Failure failure) {
        failures.add(failure);
    }

    List<Failure> of(Failure.Kind kind) {
        return failures.stream().filter(failure -> failure.kind() == kind).toList();
    }

    /** Waits until there are as many, counted from the beginning. */
    List<Failure> await(Failure.Kind kind, int count) {
        long started = System.nanoTime();
        while (of(kind).size() < count && System.nanoTime() - started < PATIENCE.toNanos()) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        assertTrue(of(kind).size() >= count, () -> kind + ": " + failures);
        return of(kind);
    }
}

package xyz.graphyn.bootstrap.tail;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long to wait before the next attempt: anything up to a bound that doubles from 100 ms to 10 s, so that clients which
 * were cut off together don't come back together.
 *
 * @param random from 0 to 1
 */
public record Backoff(DoubleSupplier random) {
    private static final long FIRST_MILLIS = 100;
    private static final long MOST_MILLIS = 10_000;

    /** @param attempt that failed, from 1 */
    Duration after(int attempt) {
        long bound = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(attempt - 1, 10));
        return Duration.ofMillis(Math.round(random.getAsDouble() * bound));
    }
}

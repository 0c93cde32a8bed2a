package xyz.graphyn.application.memory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long events took from their arrival until they were part of memory, on this server, since its start. Counts in steps
 * that are a fifth apart or less; costs nothing to speak of, from many threads.
 */
public final class SearchableDelay {
    /** Four steps to each doubling, from 1 ms to some 12 days. */
    private static final int STEPS = 4 * 30;

    private final AtomicLongArray counts = new AtomicLongArray(STEPS);

    void took(Duration delay) {
        double millis = Math.max(1, delay.toNanos() / 1e6);
        int step = (int) Math.ceil(4 * Math.log(millis) / Math.log(2));
        counts.incrementAndGet(Math.clamp(step, 0, STEPS - 1));
    }

    /** How many events were counted. */
    public long count() {
        long all = 0;
        for (int step = 0; step < STEPS; step++) {
            all += counts.get(step);
        }
        return all;
    }

    /**
     * As long, or up to a fifth less, took this share of the events at most; zero if there were none.
     *
     * @param share 0 to 1, for example 0.99
     */
    public Duration quantile(double share) {
        long below = (long) Math.ceil(share * count());
        for (int step = 0; step < STEPS && below > 0; step++) {
            below -= counts.get(step);
            if (below <= 0) {
                return Duration.ofNanos((long) (Math.pow(2, step / 4.0) * 1e6));
            }
        }
        return Duration.ZERO;
    }
}

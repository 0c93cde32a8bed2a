package xyz.graphyn.application.memory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long events took from their arrival until they were part of memory, on this server, since its start. Counts in steps
 * that are a fifth apart or less; costs nothing to speak of, from many threads. While events come, what they took is told in the
 * log, once a minute.
 */
public final class SearchableDelay {
    /** Four steps to each doubling, from 1 ms to some 12 days. */
    private static final int STEPS = 4 * 30;

    private static final Duration TOLD_EVERY = Duration.ofMinutes(1);
    private static final Logger log = LoggerFactory.getLogger(SearchableDelay.class);

    private final InstantSource clock;
    private final AtomicLongArray counts = new AtomicLongArray(STEPS);
    private final AtomicReference<Told> told;

    /** What was counted until a time at which it was told. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    private record Told(Instant at, long[] counts) {}

    public SearchableDelay(InstantSource clock) {
        this.clock = clock;
        this.told = new AtomicReference<>(new Told(clock.instant(), new long[STEPS]));
    }

    void took(Duration delay) {
        double millis = Math.max(1, delay.toNanos() / 1e6);
        int step = (int) Math.ceil(4 * Math.log(millis) / Math.log(2));
        counts.incrementAndGet(Math.clamp(step, 0, STEPS - 1));
    }

    /** Tells what was counted since it was told last, if that is a minute ago. */
    void tell() {
        Told last = told.get();
        Instant now = clock.instant();
        if (now.isBefore(last.at().plus(TOLD_EVERY))) {
            return;
        }
        long[] all = all();
        if (told.compareAndSet(last, new Told(now, all))) {
            long[] since = new long[STEPS];
            for (int step = 0; step < STEPS; step++) {
                since[step] = all[step] - last.counts()[step];
            }
            log.atInfo()
                    .addKeyValue("events", count(since))
                    .addKeyValue("p50Millis", quantile(since, 0.5).toMillis())
                    .addKeyValue("p99Millis", quantile(since, 0.99).toMillis())
                    .log("Events became part of memory");
        }
    }

    private long[] all() {
        long[] all = new long[STEPS];
        for (int step = 0; step < STEPS; step++) {
            all[step] = counts.get(step);
        }
        return all;
    }

    /** How many events were counted. */
    public long count() {
        return count(all());
    }

    private static long count(long[] counts) {
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        return all;
    }

    /**
     * As long, or up to a fifth less, took this share of the events at most; zero if there were none.
     *
     * @param share 0 to 1, for example 0.99
     */
    public Duration quantile(double share) {
        return quantile(all(), share);
    }

    private static Duration quantile(long[] counts, double share) {
        long below = (long) Math.ceil(share * count(counts));
        for (int step = 0; step < STEPS && below > 0; step++) {
            below -= counts[step];
            if (below <= 0) {
                return Duration.ofNanos((long) (Math.pow(2, step / 4.0) * 1e6));
            }
        }
        return Duration.ZERO;
    }
}

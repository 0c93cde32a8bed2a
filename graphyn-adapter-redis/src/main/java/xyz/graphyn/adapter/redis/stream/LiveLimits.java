package xyz.graphyn.adapter.redis.stream;

import java.time.Duration;

/**
 * What live delivery may take of Redis and of this server.
 *
 * @param keptEvents how many events of one agent are kept to be replayed, 1 to 100,000
 * @param keptBytes how large they may be together, from 1,024; beyond it, older ones go in halves
 * @param keptFor how long they are kept after the last of them came, from 1 s
 * @param messageBytes how large the events of one message may be together, from 1,024: a larger run travels in several; of a
 *     single event that is larger, only the news that there is one travels
 * @param waitingBytes how much of all agents may be on its way to Redis, from {@code messageBytes}; what comes beyond is
 *     dropped
 * @param waitingRuns in how many runs, from 1
 */
public record LiveLimits(
        int keptEvents, long keptBytes, Duration keptFor, int messageBytes, long waitingBytes, int waitingRuns) {
    private static final int SMALLEST = 1_024;
    private static final int MOST_KEPT = 100_000;

    /**
     * A client that was away for some minutes is served by Redis; an agent takes 4 MiB of it at most; a Redis that stops
     * takes 32 MiB of this server at most, and every message is far below the 8 MiB at which Redis begins to let a slow
     * subscriber go ({@code client-output-buffer-limit pubsub}).
     */
    public static final LiveLimits USUAL =
            new LiveLimits(1_000, 4 << 20, Duration.ofMinutes(10), 256 << 10, 32 << 20, 5_000);

    /** @throws IllegalArgumentException if one is out of its bounds */
    public LiveLimits {
        if (keptEvents < 1 || keptEvents > MOST_KEPT) {
            throw new IllegalArgumentException("1 to 100000 events can be kept");
        }
        if (keptFor.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("events must be kept for a second or longer");
        }
        if (keptBytes < SMALLEST || messageBytes < SMALLEST || waitingBytes < messageBytes || waitingRuns < 1) {
            throw new IllegalArgumentException("the limits of live delivery leave room for nothing");
        }
    }
}

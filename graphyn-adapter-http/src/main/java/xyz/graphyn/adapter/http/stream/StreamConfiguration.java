package xyz.graphyn.adapter.http.stream;

import java.time.Duration;

/**
 * What one streaming client may take, and how long it is waited for.
 *
 * @param authentication from the opening of a WebSocket to its first message, 100 ms to 1 min
 * @param ping between two pings of a WebSocket, 100 ms to 5 min; a peer that answers neither of two is gone
 * @param heartbeat between two comments of an event stream, so that proxies keep it open, 100 ms to 5 min
 * @param patience for a client that has something to read and reads nothing, 100 ms to 10 min
 * @param backlogBytes of live events that may wait for one client, 1 KiB to 64 MiB
 */
public record StreamConfiguration(
        Duration authentication, Duration ping, Duration heartbeat, Duration patience, int backlogBytes) {
    private static final int MIB = 1_024 * 1_024;

    /**
     * Ping and heartbeat: below the idle timeouts of the usual proxies, 30 s and 60 s. Backlog: some ten
     * thousand events of 500 bytes, as they come in a burst; clients that lag together share them.
     */
    public static final StreamConfiguration DEFAULT = new StreamConfiguration(
            Duration.ofSeconds(5), Duration.ofSeconds(25), Duration.ofSeconds(15), Duration.ofSeconds(30), 8 * MIB);

    /** @throws IllegalArgumentException if a value is out of its bounds */
    public StreamConfiguration {
        check(within(authentication, 60), "authentication must be from 100 ms to 1 min");
        check(within(ping, 300), "ping must be from 100 ms to 5 min");
        check(within(heartbeat, 300), "heartbeat must be from 100 ms to 5 min");
        check(within(patience, 600), "patience must be from 100 ms to 10 min");
        check(backlogBytes >= 1_024 && backlogBytes <= 64 * MIB, "backlogBytes must be from 1 KiB to 64 MiB");
    }

    public StreamConfiguration withBacklog(int bytes) {
        return new StreamConfiguration(authentication, ping, heartbeat, patience, bytes);
    }

    private static boolean within(Duration value, long maxSeconds) {
        return value.toMillis() >= 100 && value.compareTo(Duration.ofSeconds(maxSeconds)) <= 0;
    }

    private static void check(boolean good, String rule) {
        if (!good) {
            throw new IllegalArgumentException(rule);
        }
    }
}

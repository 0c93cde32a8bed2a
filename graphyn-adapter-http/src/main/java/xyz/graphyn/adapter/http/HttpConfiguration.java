package xyz.graphyn.adapter.http;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.origin.Origin;
import xyz.graphyn.adapter.http.stream.StreamConfiguration;

/**
 * How the API is served.
 *
 * @param host the address to listen on
 * @param port the port to listen on; 0 for any that is free
 * @param publicUrl how clients reach it, where a proxy stands before it; null for as it is. With {@code https}, answers ask
 *     browsers to stay with it (HSTS)
 * @param version of the product, for the reference
 * @param cursorKey seals cursors: at least 32 bytes, the same on all servers that answer for one another
 * @param allowedOrigins whose pages may use the API from a browser, beside those of {@code publicUrl}; at most 100
 */
public record HttpConfiguration(
        String host,
        int port,
        @Nullable URI publicUrl,
        String version,
        SecretKey cursorKey,
        Set<Origin> allowedOrigins,
        Limits limits,
        StreamConfiguration streams) {
    private static final int MOST_ORIGINS = 100;

    public static final int MIN_CURSOR_KEY_BYTES = 32;

    /** @throws IllegalArgumentException if a value is out of its bounds */
    public HttpConfiguration {
        check(!host.isBlank(), "host must not be blank");
        check(port >= 0 && port <= 65_535, "port must be from 0 to 65535");
        check(
                publicUrl == null || "https".equals(publicUrl.getScheme()) || "http".equals(publicUrl.getScheme()),
                "publicUrl must start with https:// or http://");
        allowedOrigins = Set.copyOf(allowedOrigins);
        check(allowedOrigins.size() <= MOST_ORIGINS, "allowedOrigins must be at most " + MOST_ORIGINS);
        byte[] key = cursorKey.getEncoded();
        check(
                key != null && key.length >= MIN_CURSOR_KEY_BYTES,
                "cursorKey must have at least " + MIN_CURSOR_KEY_BYTES + " bytes");
    }

    /**
     * What one request, one client and all of them together may take.
     *
     * @param headerBytes of a request's line and headers together, 1 KiB to 64 KiB
     * @param bodyBytes of a body that holds one thing, 64 KiB to 64 MiB
     * @param batchBytes of a body that holds many, {@code bodyBytes} to 256 MiB
     * @param bodyMemoryBytes of all bodies that are being read or handled at one time, {@code batchBytes} to 16 GiB; a body
     *     for which there is no room is refused for now (503)
     * @param connections at one time, 1 to 1,000,000; further ones wait to be accepted
     * @param headerTimeout from a request's first byte to the end of its headers, 1 s to 5 min
     * @param bodyTimeout from the first read of a body to its last, 1 s to 1 h
     * @param idleTimeout without a byte in either direction, 1 s to 1 h
     * @param shutdownGrace how long requests under way may take when the server closes, 0 to 5 min
     */
    public record Limits(
            int headerBytes,
            int bodyBytes,
            int batchBytes,
            long bodyMemoryBytes,
            int connections,
            Duration headerTimeout,
            Duration bodyTimeout,
            Duration idleTimeout,
            Duration shutdownGrace) {
        private static final int KIB = 1_024;
        private static final int MIB = 1_024 * KIB;

        /**
         * Headers: tokens have at most a few KiB. Body: the longest payload, two million characters, in the alphabets that
         * need three bytes for each. Batch: a thousand events of 16 KiB. Memory: a body takes about four times
         * its bytes while it is handled, one that is streamed about twice, so together they take a quarter of a heap of
         * 1 GiB.
         */
        public static final Limits DEFAULT = new Limits(
                16 * KIB,
                8 * MIB,
                16 * MIB,
                64L * MIB,
                10_000,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(20));

        /** @throws IllegalArgumentException if a value is out of its bounds */
        public Limits {
            check(headerBytes >= KIB && headerBytes <= 64 * KIB, "headerBytes must be from 1 KiB to 64 KiB");
            check(bodyBytes >= 64 * KIB && bodyBytes <= 64 * MIB, "bodyBytes must be from 64 KiB to 64 MiB");
            check(
                    batchBytes >= bodyBytes && batchBytes <= 256 * MIB,
                    "batchBytes must be from the value of bodyBytes to 256 MiB");
            check(
                    bodyMemoryBytes >= batchBytes && bodyMemoryBytes <= 16L * KIB * MIB,
                    "bodyMemoryBytes must be from the value of batchBytes to 16 GiB");
            check(connections >= 1 && connections <= 1_000_000, "connections must be from 1 to 1000000");
            check(within(headerTimeout, 1, 300), "headerTimeout must be from 1 s to 5 min");
            check(within(bodyTimeout, 1, 3_600), "bodyTimeout must be from 1 s to 1 h");
            check(within(idleTimeout, 1, 3_600), "idleTimeout must be from 1 s to 1 h");
            check(within(shutdownGrace, 0, 300), "shutdownGrace must be from 0 s to 5 min");
        }

        private static boolean within(Duration value, long minSeconds, long maxSeconds) {
            return value.compareTo(Duration.ofSeconds(minSeconds)) >= 0
                    && value.compareTo(Duration.ofSeconds(maxSeconds)) <= 0;
        }
    }

    private static void check(boolean good, String rule) {
        if (!good) {
            throw new IllegalArgumentException(rule);
        }
    }
}

package xyz.graphyn.adapter.http.identity;

import java.net.URI;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Where an issuer's signing keys come from. */
public sealed interface KeySource {

    /**
     * The issuer's JSON Web Key Set (RFC 7517), fetched in the background.
     *
     * @param url https; plain http on the loopback interface only, since whoever can change the answer on its way can
     *     sign in as anyone
     * @param refreshEvery how often the set is fetched, whether anyone asks or not; 1 s to 1 day
     * @param refetchAtMostEvery how often, at most, an unknown key id may cause a fetch between those; 1 s to 1 hour
     * @param connectTimeout 1 ms to 1 minute
     * @param requestTimeout for the whole exchange, connecting and the last byte included; 1 ms to 1 minute
     * @param keepFor how long the last good set is trusted while no new one can be had; 1 minute to 30 days
     */
    record Jwks(
            URI url,
            Duration refreshEvery,
            Duration refetchAtMostEvery,
            Duration connectTimeout,
            Duration requestTimeout,
            Duration keepFor)
            implements KeySource {

        private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

        public Jwks {
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            String host = url.getHost() == null ? "" : url.getHost().toLowerCase(Locale.ROOT);
            if (host.isEmpty() || url.getUserInfo() != null || url.getFragment() != null) {
                throw new IllegalArgumentException("the key set's URL must be https://host/path, without a user name");
            }
            if (!scheme.equals("https") && !(scheme.equals("http") && LOOPBACK.contains(host))) {
                throw new IllegalArgumentException("the key set's URL must be https, or http to this machine itself");
            }
            require("refresh interval", refreshEvery, Duration.ofSeconds(1), Duration.ofDays(1));
            require("refetch interval", refetchAtMostEvery, Duration.ofSeconds(1), Duration.ofHours(1));
            require("connect timeout", connectTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
            require("request timeout", requestTimeout, Duration.ofMillis(1), Duration.ofMinutes(1));
            require("time to keep keys", keepFor, Duration.ofMinutes(1), Duration.ofDays(30));
        }

        /**
         * Every 5 minutes, and at most every 10 s for unknown key ids; 2 s to connect, 5 s in all; the last good set is
         * kept for a day.
         */
        public static Jwks at(URI url) {
            return new Jwks(
                    url,
                    Duration.ofMinutes(5),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofDays(1));
        }

        private static void require(String what, Duration value, Duration least, Duration most) {
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw new IllegalArgumentException(what + " must be between " + least + " and " + most);
            }
        }
    }

    /**
     * Keys that the operator has put into the configuration, for sites that reach no issuer. A token's key id is not
     * looked at: each key is tried.
     *
     * @param keys 1 to 10 RSA keys of 2048 to 8192 bits
     */
    record Pem(List<RSAPublicKey> keys) implements KeySource {

        /** More than an issuer rotates through, few enough to try them all on one token. */
        static final int MAX_KEYS = 10;

        public Pem {
            if (keys.isEmpty() || keys.size() > MAX_KEYS) {
                throw new IllegalArgumentException("between 1 and " + MAX_KEYS + " public keys are needed");
            }
            for (RSAPublicKey key : keys) {
                if (!VerificationKey.isStrongEnough(key)) {
                    throw new IllegalArgumentException("a public key must have "
                            + VerificationKey.MIN_BITS
                            + " to "
                            + VerificationKey.MAX_BITS
                            + " bits, and this one has "
                            + key.getModulus().bitLength());
                }
            }
            keys = List.copyOf(keys);
        }

        /**
         * Reads one or more {@code PUBLIC KEY} (SubjectPublicKeyInfo) or {@code CERTIFICATE} (X.509) blocks (RFC 7468).
         * Of a certificate only the key is taken; its dates and its issuer say nothing here. Line breaks may be written
         * as {@code \n}, as is usual in an environment variable.
         *
         * @throws IllegalArgumentException with a sentence that says what is wrong, and never what was given
         */
        public static Pem parse(String text) {
            return new Pem(PemBlocks.publicKeys(text));
        }
    }
}

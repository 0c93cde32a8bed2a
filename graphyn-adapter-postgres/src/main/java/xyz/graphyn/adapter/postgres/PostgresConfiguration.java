package xyz.graphyn.adapter.postgres;

import java.time.Duration;

/**
 * Where the database is, and how long and by how many it is waited for.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/database}; passwords don't belong in it
 * @param app the role that owns nothing, which the server connects as
 * @param poolSize connections at most, 1 to {@value #MAX_POOL_SIZE}; about twice the database's cores serve best
 * @param connectionTimeout how long a request waits for a connection before it is refused, 250 ms to 30 s
 * @param statementTimeout how long the server works on one statement, 100 ms to 5 min
 */
public record PostgresConfiguration(
        String jdbcUrl, Credentials app, int poolSize, Duration connectionTimeout, Duration statementTimeout) {
    public static final int MAX_POOL_SIZE = 500;
    public static final int DEFAULT_POOL_SIZE = 10;
    /** Longer than any queue that still moves; short enough for a client to hear that the database is away. */
    public static final Duration DEFAULT_CONNECTION_TIMEOUT = Duration.ofSeconds(2);
    /** Far above what any statement of ours takes: one that needs longer is stuck. */
    public static final Duration DEFAULT_STATEMENT_TIMEOUT = Duration.ofSeconds(10);

    /** @throws IllegalArgumentException if a value is out of its bounds */
    public PostgresConfiguration {
        if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("The JDBC URL must start with jdbc:postgresql:");
        }
        if (poolSize < 1 || poolSize > MAX_POOL_SIZE) {
            throw new IllegalArgumentException("The pool must have 1 to " + MAX_POOL_SIZE + " connections.");
        }
        requireBetween("connection timeout", connectionTimeout, Duration.ofMillis(250), Duration.ofSeconds(30));
        requireBetween("statement timeout", statementTimeout, Duration.ofMillis(100), Duration.ofMinutes(5));
    }

    /** With the defaults for all that may have one. */
    public static PostgresConfiguration of(String jdbcUrl, Credentials app) {
        return new PostgresConfiguration(
                jdbcUrl, app, DEFAULT_POOL_SIZE, DEFAULT_CONNECTION_TIMEOUT, DEFAULT_STATEMENT_TIMEOUT);
    }

    private static void requireBetween(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "The " + what + " must lie between " + least.toMillis() + " and " + most.toMillis() + " ms.");
        }
    }

    /** Without what follows the database's name in the URL, where somebody may have put a password all the same. */
    @Override
    public String toString() {
        return "PostgresConfiguration[jdbcUrl=" + jdbcUrl.replaceFirst("\\?.*", "?***") + ", app=" + app + ", poolSize="
                + poolSize + ", connectionTimeout=" + connectionTimeout + ", statementTimeout=" + statementTimeout
                + "]";
    }
}

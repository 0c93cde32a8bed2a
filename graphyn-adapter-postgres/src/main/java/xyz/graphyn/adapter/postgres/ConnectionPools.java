package xyz.graphyn.adapter.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/** Connections as the server needs them: named, watched, and never waited for without end. */
final class ConnectionPools {
    private ConnectionPools() {}

    /** For the connection, and for the answer: together they are what a check of health may take. */
    private static final Duration HEALTH_TIMEOUT = Duration.ofMillis(900);

    /** Far longer than any transaction of ours takes; whoever waits keeps others waiting. */
    private static final Duration LONGEST_LOCK = Duration.ofSeconds(2);

    /** Opens at once, whether or not the database is there: it is looked for again at each request. */
    static HikariDataSource open(PostgresConfiguration configuration) {
        Duration statement = configuration.statementTimeout();
        // The server ends a statement first; the socket's time is for a server that no longer answers.
        Duration socket = statement.plusSeconds(5);
        return open(
                "graphyn",
                configuration,
                configuration.poolSize(),
                configuration.connectionTimeout(),
                statement,
                socket);
    }

    /** One connection for asking how the database is. */
    static HikariDataSource openForHealth(PostgresConfiguration configuration) {
        return open("graphyn-health", configuration, 1, HEALTH_TIMEOUT, HEALTH_TIMEOUT, HEALTH_TIMEOUT);
    }

    private static HikariDataSource open(
            String name,
            PostgresConfiguration configuration,
            int size,
            Duration connection,
            Duration statement,
            Duration socket) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setJdbcUrl(configuration.jdbcUrl());
        pool.setUsername(configuration.app().user());
        pool.setPassword(configuration.app().password());
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(connection.toMillis());
        pool.setValidationTimeout(Math.min(connection.toMillis(), 1_000));
        pool.setInitializationFailTimeout(-1);
        pool.setKeepaliveTime(Duration.ofMinutes(2).toMillis());

        pool.addDataSourceProperty("ApplicationName", name);
        pool.addDataSourceProperty("currentSchema", PostgresMigrations.SCHEMA);
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("connectTimeout", seconds(connection));
        pool.addDataSourceProperty("socketTimeout", seconds(socket));
        // Details quote the row's values, which must not get into a log.
        pool.addDataSourceProperty("logServerErrorDetail", "false");
        pool.addDataSourceProperty("options", options(statement));
        return new HikariDataSource(pool);
    }

    /**
     * What holds for each session. A lock is given up before the statement that waits for it, so that the two can be told
     * apart; a transaction that nobody goes on with, as after a crash of ours that left the connection open, lets go of its
     * locks.
     */
    private static String options(Duration statement) {
        long millis = statement.toMillis();
        return "-c statement_timeout=" + millis
                + " -c lock_timeout=" + Math.min(millis * 4 / 5, LONGEST_LOCK.toMillis())
                + " -c idle_in_transaction_session_timeout=" + 2 * millis
                + " -c default_transaction_isolation=read\\ committed"
                + " -c TimeZone=UTC";
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }
}

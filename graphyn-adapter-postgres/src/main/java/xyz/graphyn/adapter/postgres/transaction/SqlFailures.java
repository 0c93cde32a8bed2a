package xyz.graphyn.adapter.postgres.transaction;

import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;

/**
 * What PostgreSQL's refusals mean to us, by SQLSTATE (PostgreSQL, appendix A). What is named nowhere here, such as bad data
 * (22) or a broken constraint (23), is a fault of ours and passes as it is.
 */
public final class SqlFailures {
    private static final Logger log = LoggerFactory.getLogger(SqlFailures.class);

    /** About as long as a connection takes to come back, or a queue of writers to drain. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private static final String LOCK_NOT_AVAILABLE = "55P03"; // lock_timeout

    private SqlFailures() {}

    /** @return a refusal where the same call may succeed later, having changed nothing now; otherwise the failure itself */
    public static RuntimeException translate(RuntimeException failure) {
        if (!(failure instanceof JdbiException)) {
            return failure;
        }
        String state = sqlState(failure);
        boolean refused =
                failure instanceof ConnectionException || isAway(state) || isBusy(state) || isRetryable(state);
        if (!refused) {
            return failure;
        }
        log.warn("PostgreSQL is not available (SQLSTATE {}): {}", state, failure.getMessage());
        log.debug("PostgreSQL is not available", failure);
        return new Refusal.Unavailable("The database is not available for now.", RETRY_AFTER);
    }

    /** Whether the transaction was undone for the sake of another one, and may be run again at once. */
    static boolean isRetryable(RuntimeException failure) {
        return isRetryable(sqlState(failure));
    }

    /** Whether the connection broke, so that nobody here knows what became of a commit. */
    static boolean lostConnection(RuntimeException failure) {
        return isAway(sqlState(failure));
    }

    /** Whether a row that another transaction holds was waited for in vain. */
    public static boolean isLockTimeout(RuntimeException failure) {
        return LOCK_NOT_AVAILABLE.equals(sqlState(failure));
    }

    private static boolean isRetryable(@Nullable String state) {
        return "40001".equals(state) // serialization_failure
                || "40P01".equals(state); // deadlock_detected
    }

    private static boolean isAway(@Nullable String state) {
        return state != null
                && (state.startsWith("08") // connection exception
                        || state.startsWith("57P") // shutdown, crash, starting up, session ended
                        || state.equals("25P03")); // idle_in_transaction_session_timeout
    }

    private static boolean isBusy(@Nullable String state) {
        return state != null
                && (state.startsWith("53") // insufficient resources: disk, memory, connections
                        || state.equals(LOCK_NOT_AVAILABLE)
                        || state.equals("57014") // query_canceled: statement_timeout
                        || state.equals("25006")); // read_only_sql_transaction: connected to a standby
    }

    private static @Nullable String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}

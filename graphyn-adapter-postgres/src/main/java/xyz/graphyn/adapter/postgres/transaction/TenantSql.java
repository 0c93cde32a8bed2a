package xyz.graphyn.adapter.postgres.transaction;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jdbi.v3.core.statement.Update;

/**
 * Makes statements that say whose rows they may see, in the same trip to the server.
 *
 * <p>The settings are sent in front of the statement, as the first of two in one message. Outside a transaction, the server
 * takes the two as one transaction of their own, because there is one Sync (PostgreSQL, "Message Flow", "Pipelining"), and
 * the settings, which are local to it, are gone when it ends: the next user of the connection can't inherit them. Inside a
 * transaction, the first statement carries them for all.
 *
 * <p>The driver would part the two with a Sync of its own if it had asked the server to describe the second before, which
 * it does for parameters of unknown type only. There are none: {@link PostgresDialect} refuses untyped nulls. If it
 * happened all the same, no row would be seen.
 */
public final class TenantSql {
    private final Handle handle;
    private final boolean transaction;
    private Visibility visibility;
    private boolean announced;
    private boolean committing;

    private TenantSql(Handle handle, Visibility visibility, boolean transaction) {
        this.handle = handle;
        this.transaction = transaction;
        this.visibility = visibility;
        announced = visibility.settings().isEmpty();
    }

    static TenantSql inTransaction(Handle handle, Visibility visibility) {
        return new TenantSql(handle, visibility, true);
    }

    static TenantSql alone(Handle handle, Visibility visibility) {
        return new TenantSql(handle, visibility, false);
    }

    public Query query(String sql) {
        return announcing(handle::createQuery, sql, Stream.empty());
    }

    /**
     * A query for a page, for which there is an index that gives its order. It is planned for its values each time, where
     * {@link #query} comes to use one plan for any values, which takes a range to be narrow that may span a whole log; and not
     * by sorting, if there is a way around, since what the planner takes for a few rows to sort may be all there are.
     */
    public Query search(String sql) {
        return announcing(
                handle::createQuery,
                sql,
                Stream.of(
                        "set_config('plan_cache_mode', 'force_custom_plan', true)",
                        "set_config('enable_sort', 'off', true)"));
    }

    /**
     * The last of a transaction: an update that carries the commit with it, in the same trip. If a statement of it fails, the
     * server passes over the rest, the commit included (PostgreSQL, "Message Flow", "Extended Query").
     */
    public Update committing(String sql) {
        committing = true;
        return update(sql + ";\nCOMMIT");
    }

    /** The same, and the commit waits for the disk whatever the operator has set for commits in general. */
    public Update committingDurably(String sql) {
        committing = true;
        return announcing(handle::createUpdate, sql + ";\nCOMMIT", Stream.of("""
                set_config('synchronous_commit', CASE current_setting('synchronous_commit')
                    WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, true)"""));
    }

    /** Whether the commit was sent, so that nobody knows what became of it if the connection breaks. */
    boolean isCommitting() {
        return committing;
    }

    public Update update(String sql) {
        return announcing(handle::createUpdate, sql, Stream.empty());
    }

    /** From here on, the rows of {@code next}: for a worker that finds out within the transaction whom it serves. */
    public void turnTo(Visibility next) {
        visibility = next;
        announced = false;
    }

    private <S extends SqlStatement<S>> S announcing(Function<String, S> create, String sql, Stream<String> more) {
        Visibility unannounced = announced ? Visibility.none() : visibility;
        String settings = Stream.concat(unannounced.announcement(), more).collect(Collectors.joining(", "));
        if (settings.isEmpty()) {
            return create.apply(sql);
        }
        S statement = create.apply("SELECT " + settings + ";\n" + sql);
        unannounced.settings().forEach((name, value) -> statement.bind(Visibility.parameter(name), value));
        return statement.configure(SqlStatements.class, config -> config.addCustomizer(new Announced()));
    }

    /** Steps over the answer to the settings, so that the statement's own is the one that is read. */
    private final class Announced implements StatementCustomizer {
        @Override
        public void afterExecution(PreparedStatement statement, StatementContext context) throws SQLException {
            statement.getMoreResults();
            announced |= transaction;
        }
    }
}

package xyz.graphyn.adapter.postgres.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.access.OrganizationId;

/**
 * The stores' way to the database: every statement is made by a {@link TenantSql}, so that none can forget its tenant.
 *
 * <p>All methods throw {@link Refusal.Unavailable} if the database is away or too busy; then nothing was changed. If the
 * connection breaks at the commit itself, nobody knows whether it took place: that is a {@link CommitUnknown}.
 */
public final class TenantDatabase {
    private static final int ATTEMPTS = 3;

    private final Jdbi jdbi;

    /** Not static, because each database has units of work of its own. */
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<@Nullable Unit> current = new ThreadLocal<>();

    public TenantDatabase(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Runs one statement: in the unit of work if there is one, as a transaction of its own where not. */
    public <T> T statement(OrganizationId organization, Function<TenantSql, T> work) {
        Unit unit = current.get();
        return unit == null ? apart(Visibility.of(organization), work) : joining(unit, organization, work);
    }

    /** Runs statements that belong together: in the unit of work if there is one, as one of their own where not. */
    public <T> T statements(OrganizationId organization, Function<TenantSql, T> work) {
        return inUnit(organization, () -> within(organization, work));
    }

    /** Runs statements in the unit of work, which must exist. */
    public <T> T within(OrganizationId organization, Function<TenantSql, T> work) {
        Unit unit = current.get();
        if (unit == null) {
            throw new IllegalStateException("This needs a unit of work.");
        }
        return joining(unit, organization, work);
    }

    /**
     * Runs a transaction that joins no unit of work and is none. It is run again if the database undoes it for the sake of
     * another transaction, so {@code work} must have no effect but on the database.
     *
     * @throws IllegalStateException inside a unit of work
     */
    public <T> T alone(Visibility visibility, Function<TenantSql, T> work) {
        requireNoUnit();
        return translating(() -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    return transaction(visibility, work);
                } catch (RuntimeException failure) {
                    if (attempt == ATTEMPTS || !SqlFailures.isRetryable(failure)) {
                        throw failure;
                    }
                }
            }
        });
    }

    /** Whether the calling thread is inside a unit of work. */
    public boolean isInUnit() {
        return current.get() != null;
    }

    /**
     * Does something after the unit of work has ended, whichever way, and before its caller goes on; at once if there is
     * none. It must not throw.
     */
    public void afterwards(Runnable deed) {
        Unit unit = current.get();
        if (unit == null) {
            deed.run();
        } else {
            unit.afterwards.add(deed);
        }
    }

    /** @throws IllegalStateException if the calling thread is inside a unit of work */
    public void requireNoUnit() {
        if (current.get() != null) {
            throw new IllegalStateException("This must not be called inside a unit of work.");
        }
    }

    /** Runs single statements, each a transaction of its own whether or not there is a unit of work. */
    public <T> T apart(Visibility visibility, Function<TenantSql, T> work) {
        return translating(() -> {
            try (Handle handle = jdbi.open()) {
                return work.apply(TenantSql.alone(handle, visibility));
            }
        });
    }

    <T> T inUnit(OrganizationId organization, Supplier<T> work) {
        Unit outer = current.get();
        if (outer != null) {
            outer.require(organization);
            return nested(outer, work);
        }
        List<Runnable> afterwards = new ArrayList<>();
        try {
            return translating(() -> transaction(Visibility.of(organization), sql -> {
                Unit unit = new Unit(organization, sql, afterwards);
                current.set(unit);
                try {
                    T result = work.get();
                    unit.requireWhole();
                    return result;
                } finally {
                    current.remove();
                }
            }));
        } finally {
            afterwards.forEach(Runnable::run);
        }
    }

    /** What a failed inner unit did can't be told from the rest, so the outer one must not be kept either. */
    private static <T> T nested(Unit outer, Supplier<T> work) {
        boolean done = false;
        try {
            T result = work.get();
            done = true;
            return result;
        } finally {
            outer.failed |= !done;
        }
    }

    private static <T> T joining(Unit unit, OrganizationId organization, Function<TenantSql, T> work) {
        unit.require(organization);
        return translating(() -> work.apply(unit.sql));
    }

    private <T> T transaction(Visibility visibility, Function<TenantSql, T> work) {
        try (Handle handle = jdbi.open()) {
            handle.begin();
            TenantSql sql = TenantSql.inTransaction(handle, visibility);
            T result;
            try {
                result = work.apply(sql);
            } catch (Throwable failure) {
                rollback(handle, failure);
                if (sql.isCommitting() && failure instanceof RuntimeException broken) {
                    throw atCommit(broken);
                }
                throw failure;
            }
            commit(handle);
            return result;
        }
    }

    /** Makes no trip if the last statement carried the commit. */
    private static void commit(Handle handle) {
        try {
            handle.commit();
        } catch (RuntimeException failure) {
            rollback(handle, failure);
            throw atCommit(failure);
        }
    }

    private static RuntimeException atCommit(RuntimeException failure) {
        return SqlFailures.lostConnection(failure) ? new CommitUnknown(failure) : failure;
    }

    private static void rollback(Handle handle, Throwable failure) {
        try {
            handle.rollback();
        } catch (RuntimeException broken) {
            // The server rolls back what a broken connection began.
            failure.addSuppressed(broken);
        }
    }

    private static <T> T translating(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            throw SqlFailures.translate(failure);
        }
    }

    private static final class Unit {
        private final OrganizationId organization;
        private final TenantSql sql;
        private final List<Runnable> afterwards;
        private boolean failed;

        Unit(OrganizationId organization, TenantSql sql, List<Runnable> afterwards) {
            this.organization = organization;
            this.sql = sql;
            this.afterwards = afterwards;
        }

        void require(OrganizationId wanted) {
            if (!organization.equals(wanted)) {
                throw new IllegalStateException("This unit of work is of another organization.");
            }
        }

        void requireWhole() {
            if (failed) {
                throw new IllegalStateException("A unit of work inside this one failed: nothing of it is kept.");
            }
        }
    }
}

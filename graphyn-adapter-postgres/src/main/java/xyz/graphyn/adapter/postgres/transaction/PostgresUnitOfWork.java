package xyz.graphyn.adapter.postgres.transaction;

import java.util.function.Supplier;
import xyz.graphyn.application.transaction.UnitOfWork;
import xyz.graphyn.domain.access.OrganizationId;

/** A transaction that the stores of the same {@link TenantDatabase} join. */
public final class PostgresUnitOfWork implements UnitOfWork {
    private final TenantDatabase database;

    public PostgresUnitOfWork(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public <T> T run(OrganizationId organization, Supplier<T> work) {
        return database.inUnit(organization, work);
    }
}

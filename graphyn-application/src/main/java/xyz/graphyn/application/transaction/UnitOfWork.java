package xyz.graphyn.application.transaction;

import java.util.function.Supplier;
import xyz.graphyn.domain.access.OrganizationId;

/**
 * A transaction on the stores, for one organization.
 *
 * <p>Stores that are called by {@code work}, on the same thread, join it: they see its changes, others see them only after
 * it has returned. When {@code work} throws, nothing of it remains and the exception passes unchanged. A unit inside
 * another of the same organization joins the outer one; inside one of another organization it fails with
 * {@link IllegalStateException}. No network but the store's, and no long computation, belongs inside.
 */
public interface UnitOfWork {
    <T> T run(OrganizationId organization, Supplier<T> work);
}

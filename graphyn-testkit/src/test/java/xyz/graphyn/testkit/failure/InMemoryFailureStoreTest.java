package xyz.graphyn.testkit.failure;

import xyz.graphyn.application.failure.FailureStore;
import xyz.graphyn.application.failure.FailureStore.Retention;
import xyz.graphyn.domain.access.OrganizationId;

/** The record in memory keeps every promise that a real one makes. */
class InMemoryFailureStoreTest implements FailureStoreContract {
    private final InMemoryFailureStore store = new InMemoryFailureStore();

    @Override
    public FailureStore failures(Retention retention) {
        store.retain(retention);
        return store;
    }

    @Override
    public FailureStore failures() {
        return store;
    }

    @Override
    public OrganizationId newOrganization() {
        return new OrganizationId(IDS.next());
    }
}

package xyz.graphyn.testkit.storage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import xyz.graphyn.application.audit.DisclosureLog;
import xyz.graphyn.domain.audit.AuditEntry;

/** On threads of its own, since it joins no unit of work. */
record InMemoryDisclosureLog(InMemoryDatabase database) implements DisclosureLog {
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    @Override
    public CompletableFuture<Void> write(AuditEntry entry) {
        return CompletableFuture.runAsync(
                () -> database.writeAlone(entry.organization(), tables -> {
                    if (tables.audit.stream().anyMatch(other -> other.id().equals(entry.id()))) {
                        throw new IllegalStateException("there is an entry of this id");
                    }
                    return tables.audit.add(entry);
                }),
                THREADS);
    }
}

package xyz.graphyn.application.audit;

import java.util.concurrent.CompletableFuture;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.audit.AuditEntry;

/**
 * Where it is written who saw what of the sensitive data, apart from any unit of work. Entries of concurrent readers, of any
 * organizations, are committed together; one alone is committed at once.
 */
public interface DisclosureLog {
    /**
     * Adds an entry. It is durable when the future completes; nobody may see what it tells of before.
     *
     * @return completes on a thread that may not be kept waiting; fails with {@link Refusal.Unavailable} if the entry could
     *     not be written in time, or too many wait
     */
    CompletableFuture<Void> write(AuditEntry entry);
}

package xyz.graphyn.application.audit;

import xyz.graphyn.domain.audit.AuditEntry;

/** Where audit entries are kept. Nobody changes or removes one: the server's own database role can't. */
public interface AuditTrail {
    /**
     * Adds an entry. Joins the unit of work, which must be of the entry's organization: without one it fails with
     * {@link IllegalStateException}, because an entry apart from its deed proves nothing.
     */
    void write(AuditEntry entry);
}

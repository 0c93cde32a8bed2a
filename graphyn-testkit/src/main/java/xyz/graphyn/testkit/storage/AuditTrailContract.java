package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.audit.AuditTrail;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.testkit.Samples;

/** {@link AuditTrail}: an entry and its deed, both or neither. */
public interface AuditTrailContract extends StorageContract {
    @Test
    default void keepsAnEntryAsItWasWritten() {
        AgentKey agent = newAgent();
        AuditEntry entry = audit(agent, AuditAction.AGENT_CHANGED, Map.of("count", "3", "note", Samples.NASTY_TEXT));
        storage().unitOfWork().run(agent.organization(), () -> {
            storage().auditTrail().write(entry);
            return entry;
        });
        assertEquals(List.of(entry), storage().auditReader().entries(agent.organization()));
    }

    @Test
    default void forgetsTheEntryWithItsDeed() {
        AgentKey agent = newAgent();
        assertThrows(
                IllegalArgumentException.class,
                () -> storage().unitOfWork().run(agent.organization(), () -> {
                    storage().auditTrail().write(audit(agent, AuditAction.AGENT_CHANGED, Map.of()));
                    throw new IllegalArgumentException("the deed fails");
                }));
        assertEquals(List.of(), storage().auditReader().entries(agent.organization()));
    }

    @Test
    default void takesNoEntryOutsideAUnitOfWork() {
        AuditEntry entry = audit(newAgent(), AuditAction.AGENT_CHANGED, Map.of());
        assertThrows(IllegalStateException.class, () -> storage().auditTrail().write(entry));
    }

    @Test
    default void takesNoEntryOfAnotherOrganization() {
        AuditEntry entry = audit(newAgent(), AuditAction.AGENT_CHANGED, Map.of());
        assertThrows(
                IllegalStateException.class,
                () -> storage().unitOfWork().run(newOrganization(), () -> {
                    storage().auditTrail().write(entry);
                    return entry;
                }));
    }
}

package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.agent.RemovedAgents;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.testkit.Samples;

/** {@link RemovedAgents}: in small steps, to the end, and no further. */
public interface RemovedAgentsContract extends StorageContract {
    @Test
    default void purgesInStepsUntilNothingIsLeft() {
        AgentKey removed = newAgent();
        AgentKey other = newAgent();
        for (int i = 0; i < 10; i++) {
            record(removed, Samples.event("e" + i));
            add(removed, Samples.node("node " + i));
        }
        record(other, Samples.event("stays"));
        storage().agents().remove(removed);
        int steps = 1;
        while (storage().removedAgents().purge(4)) {
            steps++;
            assertTrue(steps < 1_000, "comes to an end");
        }
        assertTrue(steps >= 20 / 4, "each step is small");
        assertFalse(storage().removedAgents().purge(4));
        assertTrue(storage().agents().find(other).isPresent());
        assertEquals(
                2, record(other, Samples.event("still writable")).getFirst().seq());
    }

    @Test
    default void leavesTheAuditTrail() {
        AgentKey removed = newAgent();
        record(removed, Samples.event("e"));
        storage().agents().remove(removed);
        while (storage().removedAgents().purge(100)) {
            // until nothing is left
        }
        assertEquals(List.of(AuditAction.EVENTS_RECORDED), auditedActions(removed.organization()));
    }
}

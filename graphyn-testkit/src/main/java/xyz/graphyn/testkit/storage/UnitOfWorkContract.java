package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.transaction.UnitOfWork;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** {@link UnitOfWork}: all or nothing, and unseen until its end. */
public interface UnitOfWorkContract extends StorageContract {
    private UnitOfWork units() {
        return storage().unitOfWork();
    }

    private Optional<Agent> found(Agent agent) {
        return storage().agents().find(agent.key());
    }

    @Test
    default void keepsWhatTheWorkDid() {
        OrganizationId organization = newOrganization();
        Agent agent = units().run(organization, () -> newAgent(organization, Samples.profile("kept")));
        assertEquals(Optional.of(agent), found(agent));
    }

    @Test
    default void forgetsEverythingWhenTheWorkFails() {
        OrganizationId organization = newOrganization();
        Agent[] agent = new Agent[1];
        RuntimeException failure = new IllegalArgumentException("no");
        RuntimeException thrown = assertThrows(
                RuntimeException.class,
                () -> units().run(organization, () -> {
                    agent[0] = newAgent(organization, Samples.profile("forgotten"));
                    throw failure;
                }));
        assertSame(failure, thrown);
        assertEquals(Optional.empty(), found(agent[0]));
    }

    @Test
    default void isSeenByItselfAndByNobodyElseUntilItEnds() {
        OrganizationId organization = newOrganization();
        Agent agent = units().run(organization, () -> {
            Agent inside = newAgent(organization, Samples.profile("unseen"));
            assertEquals(Optional.of(inside), found(inside));
            assertEquals(
                    Optional.empty(), Concurrently.run(1, i -> found(inside)).getFirst());
            return inside;
        });
        assertEquals(Optional.of(agent), found(agent));
    }

    @Test
    default void joinsTheUnitAroundIt() {
        OrganizationId organization = newOrganization();
        Agent[] agent = new Agent[1];
        assertThrows(
                IllegalArgumentException.class,
                () -> units().run(organization, () -> {
                    units().run(organization, () -> {
                        agent[0] = newAgent(organization, Samples.profile("inner"));
                        return agent[0];
                    });
                    throw new IllegalArgumentException("outer fails");
                }));
        assertEquals(Optional.empty(), found(agent[0]));
    }

    @Test
    default void refusesAnotherOrganizationInside() {
        OrganizationId one = newOrganization();
        OrganizationId other = newOrganization();
        assertThrows(IllegalStateException.class, () -> units().run(one, () -> units().run(other, () -> "never")));
        assertTrue(units().run(other, () -> true), "a refused unit leaves nothing behind on its thread");
    }
}

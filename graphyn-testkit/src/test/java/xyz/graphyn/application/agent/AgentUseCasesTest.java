package xyz.graphyn.application.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.UseCases;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentProfile;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.testkit.Samples;

class AgentUseCasesTest {
    private final UseCases graphyn = new UseCases();

    private List<AuditAction> audited() {
        return graphyn.storage.auditReader().entries(graphyn.acme).stream()
                .map(AuditEntry::action)
                .toList();
    }

    private Agent create(Caller caller) {
        return graphyn.manageAgents
                .create(caller, new AgentProfile("Ada's", "about", "be kind", "gpt-5", new Json("{\"a\":1}")))
                .value();
    }

    @Test
    void createsAnAgentForItsCreator() {
        Agent agent = create(graphyn.max);
        assertEquals("max", agent.createdBy());
        assertEquals(graphyn.clock.instant(), agent.createdAt());
        assertEquals(agent, graphyn.agentQueries.get(graphyn.max, agent.id()).value());
        AuditEntry entry = graphyn.storage.auditReader().entries(graphyn.acme).getFirst();
        assertEquals(AuditAction.AGENT_CREATED, entry.action());
        assertEquals("max", entry.actor().subject());
        assertEquals("request-1", entry.requestId());
        assertEquals(agent.id().value(), entry.target().id());
    }

    @Test
    void letsNoViewerOrAuditorCreate() {
        assertThrows(Refusal.NotAllowed.class, () -> create(graphyn.vera));
        assertThrows(Refusal.NotAllowed.class, () -> create(graphyn.otto));
        assertEquals(List.of(), audited());
    }

    @Test
    void showsAuditorsThatAnAgentExistsButNotItsContent() {
        Agent agent = create(graphyn.ada);
        Agent seen = graphyn.agentQueries.get(graphyn.otto, agent.id()).value();
        assertEquals(new AgentProfile("Ada's", null, null, null, Json.EMPTY), seen.profile());
        assertEquals(
                List.of(seen),
                graphyn.agentQueries
                        .list(graphyn.otto, new AgentQuery(null, null, 10, null))
                        .value()
                        .items());
        assertEquals(
                List.of(agent),
                graphyn.agentQueries
                        .list(graphyn.vera, new AgentQuery(null, null, 10, null))
                        .value()
                        .items());
    }

    @Test
    void hidesAgentsOfOtherOrganizations() {
        Agent agent = create(graphyn.ada);
        Refusal theirs =
                assertThrows(Refusal.NotFound.class, () -> graphyn.agentQueries.get(graphyn.stranger, agent.id()));
        Refusal nobodys = assertThrows(
                Refusal.NotFound.class, () -> graphyn.agentQueries.get(graphyn.ada, new AgentId(graphyn.acme.value())));
        assertEquals(nobodys.getMessage(), theirs.getMessage());
        assertThrows(
                Refusal.NotFound.class,
                () -> graphyn.manageAgents.change(graphyn.stranger, agent.id(), profile -> profile));
        assertThrows(Refusal.NotFound.class, () -> graphyn.manageAgents.remove(graphyn.stranger, agent.id()));
    }

    @Test
    void letsAMemberManageOnlyWhatTheyCreated() {
        Agent own = create(graphyn.max);
        Agent other = create(graphyn.ada);
        graphyn.manageAgents
                .change(graphyn.max, own.id(), profile -> Samples.profile("renamed"))
                .value();
        assertThrows(
                Refusal.NotAllowed.class,
                () -> graphyn.manageAgents.change(graphyn.max, other.id(), profile -> Samples.profile("stolen")));
        assertThrows(Refusal.NotAllowed.class, () -> graphyn.manageAgents.remove(graphyn.max, other.id()));
        assertEquals(
                "Ada's",
                graphyn.agentQueries
                        .get(graphyn.ada, other.id())
                        .value()
                        .profile()
                        .name());
    }

    @Test
    void changesAndAuditsOnlyWhatDiffers() {
        Agent agent = create(graphyn.ada);
        graphyn.clock.advance(Duration.ofSeconds(1));
        assertEquals(
                agent,
                graphyn.manageAgents
                        .change(graphyn.ada, agent.id(), profile -> profile)
                        .value());
        Agent changed = graphyn.manageAgents
                .change(graphyn.ada, agent.id(), profile -> Samples.profile("new"))
                .value();
        assertEquals(agent.createdAt().plusSeconds(1), changed.updatedAt());
        assertEquals(changed, graphyn.agentQueries.get(graphyn.ada, agent.id()).value());
        assertEquals(List.of(AuditAction.AGENT_CREATED, AuditAction.AGENT_CHANGED), audited());
    }

    @Test
    void changesNothingWhenTheEditFails() {
        Agent agent = create(graphyn.ada);
        assertThrows(
                IllegalArgumentException.class,
                () -> graphyn.manageAgents.change(graphyn.ada, agent.id(), profile -> {
                    throw new IllegalArgumentException("no");
                }));
        assertEquals(agent, graphyn.agentQueries.get(graphyn.ada, agent.id()).value());
        assertEquals(List.of(AuditAction.AGENT_CREATED), audited());
    }

    @Test
    void removesAnAgentOnceAndPurgesIt() {
        Agent agent = create(graphyn.ada);
        graphyn.recordEvents.record(graphyn.ada, agent.id(), Samples.event("e"));
        graphyn.manageAgents.remove(graphyn.ada, agent.id());
        assertThrows(Refusal.NotFound.class, () -> graphyn.agentQueries.get(graphyn.ada, agent.id()));
        assertThrows(Refusal.NotFound.class, () -> graphyn.manageAgents.remove(graphyn.ada, agent.id()));
        assertEquals(
                List.of(AuditAction.AGENT_CREATED, AuditAction.EVENTS_RECORDED, AuditAction.AGENT_DELETED), audited());
        new PurgeRemovedAgents(graphyn.storage.removedAgents()).run(() -> true);
        assertEquals(false, graphyn.storage.removedAgents().purge(1));
    }

    @Test
    void stopsPurgingWhenItIsTold() {
        assertEquals(0, new PurgeRemovedAgents(rows -> true).run(() -> false));
    }
}

package xyz.graphyn.application.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.UseCases;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.testkit.Samples;

class NodeUseCasesTest {
    private static final NodeQuery ALL = new NodeQuery(null, null, null, null, null, null, 50, null);

    private final UseCases graphyn = new UseCases();
    private final AgentId agent = graphyn.manageAgents
            .create(graphyn.ada, Samples.profile("Ada's"))
            .value()
            .id();

    private static NodeDraft draft(String content, String externalId) {
        return new NodeDraft("fact", content, List.of(), Json.EMPTY, null, null, externalId);
    }

    @Test
    void addsAndAnswersWhatWillBeRead() {
        ManageNodes.One one = graphyn.manageNodes.add(graphyn.ada, agent, Samples.node("Ada likes tea"));
        assertTrue(one.created());
        assertEquals(
                one.node().value(),
                graphyn.nodeQueries
                        .get(graphyn.vera, agent, one.node().value().id())
                        .value());
        assertEquals(
                List.of(one.node().value()),
                graphyn.nodeQueries.list(graphyn.vera, agent, ALL).value().items());
    }

    @Test
    void answersTheSameAgainWithTheFirst() {
        Node first = graphyn.manageNodes
                .add(graphyn.ada, agent, draft("first", "n1"))
                .node()
                .value();
        ManageNodes.One again = graphyn.manageNodes.add(graphyn.ada, agent, draft("second", "n1"));
        assertFalse(again.created());
        assertEquals(first, again.node().value());
    }

    @Test
    void changesANodeButNotItsExternalId() {
        Node node = graphyn.manageNodes
                .add(graphyn.ada, agent, draft("before", "n1"))
                .node()
                .value();
        graphyn.clock.advance(Duration.ofSeconds(1));
        Node same = graphyn.manageNodes
                .change(graphyn.ada, agent, node.id(), current -> current)
                .value();
        assertEquals(node, same);
        Node changed = graphyn.manageNodes
                .change(graphyn.ada, agent, node.id(), current -> draft("after", "n1"))
                .value();
        assertEquals("after", changed.content());
        assertEquals(node.createdAt().plusSeconds(1), changed.updatedAt());
        assertThrows(
                Invalid.class,
                () -> graphyn.manageNodes.change(graphyn.ada, agent, node.id(), current -> draft("after", "n2")));
        assertEquals(
                changed, graphyn.nodeQueries.get(graphyn.ada, agent, node.id()).value());
    }

    @Test
    void removesANodeOnce() {
        Node node = graphyn.manageNodes
                .add(graphyn.ada, agent, Samples.node("gone"))
                .node()
                .value();
        graphyn.manageNodes.remove(graphyn.ada, agent, node.id());
        assertThrows(Refusal.NotFound.class, () -> graphyn.manageNodes.remove(graphyn.ada, agent, node.id()));
        assertThrows(Refusal.NotFound.class, () -> graphyn.nodeQueries.get(graphyn.ada, agent, node.id()));
        AuditEntry last = graphyn.storage.auditReader().entries(graphyn.acme).getLast();
        assertEquals(AuditAction.NODE_REMOVED, last.action());
        assertEquals(
                new AuditEntry.Target(
                        AuditEntry.Target.Kind.NODE, agent.value(), node.id().value()),
                last.target());
    }

    @Test
    void refusesEmptyAndOversizedBatches() {
        assertThrows(Invalid.class, () -> graphyn.manageNodes.addAll(graphyn.ada, agent, List.of()));
        List<NodeDraft> tooMany = Collections.nCopies(NodeDraft.MAX_BATCH + 1, Samples.node("n"));
        assertThrows(Invalid.class, () -> graphyn.manageNodes.addAll(graphyn.ada, agent, tooMany));
    }

    @Test
    void letsOnlyWritersChangeAndOnlyReadersRead() {
        Node node = graphyn.manageNodes
                .add(graphyn.ada, agent, Samples.node("n"))
                .node()
                .value();
        for (var reader : List.of(graphyn.max, graphyn.vera, graphyn.otto)) {
            assertThrows(Refusal.NotAllowed.class, () -> graphyn.manageNodes.add(reader, agent, Samples.node("m")));
            assertThrows(
                    Refusal.NotAllowed.class,
                    () -> graphyn.manageNodes.change(reader, agent, node.id(), current -> current));
            assertThrows(Refusal.NotAllowed.class, () -> graphyn.manageNodes.remove(reader, agent, node.id()));
        }
        assertThrows(Refusal.NotAllowed.class, () -> graphyn.nodeQueries.list(graphyn.otto, agent, ALL));
        assertThrows(Refusal.NotFound.class, () -> graphyn.nodeQueries.get(graphyn.stranger, agent, node.id()));
    }
}

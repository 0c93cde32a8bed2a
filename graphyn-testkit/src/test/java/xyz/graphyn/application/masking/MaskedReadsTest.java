package xyz.graphyn.application.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.UseCases;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.agent.AgentQuery;
import xyz.graphyn.application.event.EventQuery;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.DetectionRules.CustomPattern;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.testkit.Samples;

class MaskedReadsTest {
    private static final String SENT = "{\"from\":\"ada@example.com\",\"note\":\"order TR-1234\"}";

    private final UseCases graphyn = new UseCases();
    private final AgentId agent = graphyn.manageAgents
            .create(graphyn.ada, Samples.profile("Planner"))
            .value()
            .id();

    private EventId recorded(@Nullable String sessionId) {
        return graphyn.recordEvents
                .record(graphyn.ada, agent, new EventDraft("message", new Json(SENT), null, sessionId, null))
                .event()
                .value()
                .id();
    }

    private Masked<Event> seenBy(Caller caller, EventId event) {
        return graphyn.eventQueries.get(caller, agent, event);
    }

    private List<AuditEntry> entries(AuditAction action) {
        return graphyn.storage.auditReader().entries(graphyn.acme).stream()
                .filter(entry -> entry.action() == action)
                .toList();
    }

    @Test
    void showsEachReaderAsMuchAsTheirRoleMaySee() {
        EventId event = recorded(null);
        assertEquals(SENT, seenBy(graphyn.ada, event).value().payload().text());
        assertEquals(
                "{\"from\":\"a***@example.com\",\"note\":\"order TR-1234\"}",
                seenBy(graphyn.max, event).value().payload().text());
        assertEquals(
                "{\"from\":\"[EMAIL]\",\"note\":\"order TR-1234\"}",
                seenBy(graphyn.vera, event).value().payload().text());
        assertEquals(1, seenBy(graphyn.vera, event).hidden());
        assertEquals(0, seenBy(graphyn.ada, event).hidden());
    }

    @Test
    void writesDownWhoSawWhat() {
        EventId event = recorded(null);
        assertEquals(
                "EMAIL 1",
                entries(AuditAction.EVENTS_RECORDED).getFirst().details().get("raw"));
        seenBy(graphyn.vera, event);
        seenBy(graphyn.ada, event);
        List<AuditEntry> entries = entries(AuditAction.DATA_DISCLOSED);
        assertEquals(
                List.of(
                        Map.of("masked", "EMAIL 1", "event", event.toString()),
                        Map.of("raw", "EMAIL 1", "event", event.toString())),
                entries.stream().map(AuditEntry::details).toList());
        assertEquals(
                graphyn.vera.principal().subject(), entries.getFirst().actor().subject());
        assertFalse(entries.toString().contains("ada@example.com"));
    }

    @Test
    void writesNothingDownWhereNothingIsSensitive() {
        graphyn.agentQueries.get(graphyn.vera, agent);
        assertEquals(List.of(), entries(AuditAction.DATA_DISCLOSED));
    }

    @Test
    void hidesWhoCreatedAnAgentWhereThatIsAnAddress() {
        Caller mailed = new Caller(
                Samples.principal(
                        graphyn.acme,
                        "grace@example.com",
                        graphyn.max.principal().role()),
                "request-2");
        Masked<Agent> created = graphyn.manageAgents.create(mailed, Samples.profile("Grace's"));
        assertEquals("g***@example.com", created.value().createdBy());
        assertEquals(1, created.hidden());
        AgentId own = created.value().id();
        assertEquals(
                "[EMAIL]", graphyn.agentQueries.get(graphyn.vera, own).value().createdBy());
        assertEquals(
                "[EMAIL]", graphyn.agentQueries.get(graphyn.otto, own).value().createdBy());
        assertEquals(
                "grace@example.com",
                graphyn.agentQueries.get(graphyn.ada, own).value().createdBy());
        Masked<Agent> changed = graphyn.manageAgents.change(mailed, own, profile -> Samples.profile("Hers still"));
        assertEquals("g***@example.com", changed.value().createdBy());
    }

    @Test
    void masksWhatAWriterIsAnswered() {
        NodeDraft draft =
                new NodeDraft("fact", "Write to ada@example.com", List.of(), Json.EMPTY, null, null, "n@example.com");
        AgentId own = graphyn.manageAgents
                .create(graphyn.max, Samples.profile("Max's"))
                .value()
                .id();
        assertEquals(
                "Write to a***@example.com",
                graphyn.manageNodes.add(graphyn.max, own, draft).node().value().content());
        Masked<List<xyz.graphyn.application.append.AddedNode>> again =
                graphyn.manageNodes.addAll(graphyn.max, own, List.of(draft));
        assertEquals("***@example.com", again.value().getFirst().externalId());
        assertEquals(1, again.hidden());
    }

    @Test
    void letsNobodyGuessByAFilter() {
        recorded("ada@example.com");
        recorded("chat-1");
        assertEquals(1, count(graphyn.ada, "ada@example.com"));
        assertEquals(0, count(graphyn.vera, "ada@example.com"));
        assertEquals(1, count(graphyn.vera, "chat-1"));
        graphyn.manageAgents.create(graphyn.ada, Samples.profile("Agent of bob@example.com"));
        assertEquals(1, agents(graphyn.ada, "bob@"));
        assertEquals(0, agents(graphyn.vera, "bob@"));
    }

    private int count(Caller caller, String sessionId) {
        EventQuery query =
                new EventQuery(Set.of(), sessionId, null, null, 0, EventQuery.Order.ASCENDING, null, 50, null);
        return graphyn.eventQueries.list(caller, agent, query).value().items().size();
    }

    private int agents(Caller caller, String name) {
        return graphyn.agentQueries
                .list(caller, new AgentQuery(name, null, 50, null))
                .value()
                .items()
                .size();
    }

    @Test
    void hidesByANewRuleAtOnce() {
        EventId event = recorded(null);
        graphyn.manageMasking.change(
                graphyn.ada,
                0,
                before -> new MaskingSettings(
                        new DetectionRules(
                                0,
                                Set.of(),
                                List.of(),
                                List.of(new CustomPattern("orders", "TR-[0-9]+", new Kind("ORDER")))),
                        before.policy()));
        assertEquals(
                "{\"from\":\"[EMAIL]\",\"note\":\"order [ORDER]\"}",
                seenBy(graphyn.vera, event).value().payload().text());
        assertEquals(2, seenBy(graphyn.vera, event).hidden());
    }

    @Test
    void keepsWhatWasFoundThroughAChange() {
        NodeDraft draft = new NodeDraft("fact", "nothing", List.of(), Json.EMPTY, null, null, null);
        var node = graphyn.manageNodes.add(graphyn.ada, agent, draft).node().value();
        graphyn.manageNodes.change(
                graphyn.ada,
                agent,
                node.id(),
                before -> new NodeDraft("fact", "ada@example.com", List.of(), Json.EMPTY, null, null, null));
        assertEquals(
                "[EMAIL]",
                graphyn.nodeQueries.get(graphyn.vera, agent, node.id()).value().content());
        assertNotEquals(
                node, graphyn.nodeQueries.get(graphyn.ada, agent, node.id()).value());
    }
}

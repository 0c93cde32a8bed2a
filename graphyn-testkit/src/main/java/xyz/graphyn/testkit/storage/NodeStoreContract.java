package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.application.memory.NodeQuery;
import xyz.graphyn.application.memory.NodeQuery.Position;
import xyz.graphyn.application.memory.NodeStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.testkit.Samples;

/** {@link NodeStore}. */
public interface NodeStoreContract extends StorageContract {
    private NodeStore nodes() {
        return storage().nodes();
    }

    static NodeQuery all(int limit) {
        return new NodeQuery(null, null, null, null, null, null, limit, null);
    }

    private List<String> contents(AgentKey agent, NodeQuery query) {
        return nodes().page(agent, query).items().stream().map(Node::content).toList();
    }

    private void addAt(
            AgentKey agent, String content, String type, List<String> labels, @Nullable String session, int m) {
        add(agent, new NodeDraft(type, content, labels, Json.EMPTY, NOW.plusSeconds(60L * m), session, null));
    }

    private AgentKey agentWithFiveNodes() {
        AgentKey agent = newAgent();
        addAt(agent, "n3", "fact", List.of("x", "y"), "s1", 3);
        addAt(agent, "n1", "fact", List.of("y"), "s1", 1);
        addAt(agent, "n5", "goal", List.of("y", "x"), "s2", 5);
        addAt(agent, "n2", "goal", List.of(), null, 2);
        addAt(agent, "n4", "fact", List.of("Y"), "s2", 4);
        return agent;
    }

    @Test
    default void findsANodeAsItWasTold() {
        AgentKey agent = newAgent();
        Node node = add(
                agent,
                new NodeDraft(
                        "fact",
                        Samples.NASTY_TEXT,
                        List.of("z", "a", "🦄 \"quoted\""),
                        Samples.NASTY_JSON,
                        NOW.minusSeconds(9),
                        "s 1",
                        "n'1"));
        assertEquals(Optional.of(node), nodes().find(agent, node.id()));
        assertEquals(List.of(node), nodes().page(agent, all(10)).items());
    }

    @Test
    default void findsNothingOfAnotherAgentOrOrganization() {
        AgentKey agent = newAgent();
        Node node = add(agent, Samples.node("mine"));
        AgentKey neighbour =
                newAgent(agent.organization(), Samples.profile("neighbour")).key();
        AgentKey stranger = new AgentKey(newOrganization(), agent.agent());
        for (AgentKey other : List.of(neighbour, stranger)) {
            assertEquals(Optional.empty(), nodes().find(other, node.id()));
            assertEquals(List.of(), contents(other, all(10)));
        }
    }

    @Test
    default void pagesLatestFirstAlsoThroughEqualTimes() {
        AgentKey agent = newAgent();
        List<String> added = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            addAt(agent, "n" + i, "fact", List.of("x"), null, i / 3);
            added.add("n" + i);
        }
        for (String label : new String[] {null, "x"}) {
            List<String> seen = new ArrayList<>();
            Position position = null;
            boolean more = true;
            while (more) {
                Page<Node> page = nodes().page(agent, new NodeQuery(null, label, null, null, null, position, 2, null));
                page.items().forEach(node -> seen.add(node.content()));
                position = Position.of(page.items().getLast());
                more = page.more();
            }
            assertEquals(added.reversed(), seen);
        }
    }

    @Test
    default void filtersByEachCondition() {
        AgentKey agent = agentWithFiveNodes();
        Instant second = NOW.plusSeconds(120);
        Instant fourth = NOW.plusSeconds(240);
        assertEquals(List.of("n5", "n4", "n3", "n2", "n1"), contents(agent, all(10)));
        assertEquals(
                List.of("n5", "n2"), contents(agent, new NodeQuery("goal", null, null, null, null, null, 10, null)));
        assertEquals(
                List.of("n5", "n3", "n1"), contents(agent, new NodeQuery(null, "y", null, null, null, null, 10, null)));
        assertEquals(List.of("n3", "n1"), contents(agent, new NodeQuery(null, null, "s1", null, null, null, 10, null)));
        assertEquals(
                List.of("n3", "n2"), contents(agent, new NodeQuery(null, null, null, second, fourth, null, 10, null)));
    }

    @Test
    default void holdsEveryConditionAtOnce() {
        AgentKey agent = agentWithFiveNodes();
        NodeQuery query = new NodeQuery("fact", "y", "s1", NOW.plusSeconds(60), NOW.plusSeconds(180), null, 10, null);
        assertEquals(List.of("n1"), contents(agent, query));
    }

    @Test
    default void keepsWhatWasFound() {
        AgentKey agent = newAgent();
        Findings findings = new Findings(
                RulesVersion.of(7, 3),
                Map.of(
                        "/content",
                        List.of(new Finding(0, 3, Kind.EMAIL, "email")),
                        "/labels/1",
                        List.of(new Finding(0, 1, new Kind("FROM_THE_FUTURE"), "future"))));
        Node node = add(agent, findings, new NodeDraft("fact", "n", List.of("x", "y"), Json.EMPTY, null, null, null));
        assertEquals(findings, node.findings());
        assertEquals(Optional.of(node), nodes().find(agent, node.id()));
        assertEquals(List.of(node), nodes().page(agent, all(10)).items());
        Findings none = Findings.none(RulesVersion.of(8, 0));
        Node changed = node.changedTo(Samples.node("other"), 5, NOW, none);
        NodeChange change =
                new NodeChange(agent, node.id(), found -> changed, audit(agent, AuditAction.NODE_CHANGED, Map.of()));
        storage().appender().changeNode(change);
        assertEquals(Optional.of(changed), nodes().find(agent, node.id()));
        assertEquals(none, changed.findings());
    }

    @Test
    default void matchesNoTextInWhichSomethingMayBeHidden() {
        AgentKey agent = newAgent();
        RulesVersion rules = RulesVersion.of(2, 1);
        Map<String, Findings> all = new LinkedHashMap<>();
        all.put("clean", Findings.none(rules));
        all.put("unscanned", Findings.UNSCANNED);
        all.put("older", Findings.none(RulesVersion.of(2, 0)));
        for (String field : List.of("/type", "/sessionId", "/labels/0", "/labels/1", "/labels/49", "/content")) {
            all.put(field, new Findings(rules, Map.of(field, List.of(new Finding(0, 1, Kind.EMAIL, "email")))));
        }
        List<String> labels = IntStream.range(0, 50).mapToObj(i -> "l" + i).toList();
        all.forEach((content, findings) ->
                add(agent, findings, new NodeDraft("fact", content, labels, Json.EMPTY, NOW, "s", null)));
        assertMatches(agent, rules, all.keySet(), "fact", null, null, "/type");
        assertMatches(agent, rules, all.keySet(), null, "l0", null, "/labels/0");
        assertMatches(agent, rules, all.keySet(), null, "l1", null, "/labels/1");
        assertMatches(agent, rules, all.keySet(), null, "l49", null, "/labels/49");
        assertMatches(agent, rules, all.keySet(), null, null, "s", "/sessionId");
        assertMatches(agent, rules, all.keySet(), "fact", "l1", "s", "/type", "/labels/1", "/sessionId");
        assertEquals(
                all.size(),
                contents(agent, new NodeQuery(null, null, null, NOW, null, null, 20, rules))
                        .size());
    }

    private void assertMatches(
            AgentKey agent,
            RulesVersion rules,
            Set<String> all,
            @Nullable String type,
            @Nullable String label,
            @Nullable String session,
            String... hidden) {
        Set<String> expected = new HashSet<>(all);
        expected.removeAll(List.of("unscanned", "older"));
        expected.removeAll(List.of(hidden));
        NodeQuery query = new NodeQuery(type, label, session, null, null, null, 20, rules);
        assertEquals(expected, new HashSet<>(contents(agent, query)));
        NodeQuery raw = new NodeQuery(type, label, session, null, null, null, 20, null);
        assertEquals(all, new HashSet<>(contents(agent, raw)));
    }

    @Test
    default void saysWhetherThereIsMore() {
        AgentKey agent = agentWithFiveNodes();
        assertTrue(nodes().page(agent, all(4)).more());
        assertEquals(false, nodes().page(agent, all(5)).more());
        assertEquals(new Page<>(List.of(), false), nodes().page(newAgent(), all(5)));
    }

    @Test
    default void findsThoseThatAreThereOfMany() {
        AgentKey agent = newAgent();
        Node one = add(agent, Samples.node("one"));
        Node two = add(agent, Samples.node("two"));
        Node other = add(newAgent(), Samples.node("of another"));
        assertEquals(List.of(two, one), storage().nodes().findAll(agent, List.of(two.id(), other.id(), one.id())));
        assertEquals(List.of(), storage().nodes().findAll(agent, List.of()));
        storage().agents().remove(agent);
        assertEquals(List.of(), storage().nodes().findAll(agent, List.of(one.id())));
    }

    @Test
    default void findsNoMoreAtOnceThanHasRoom() {
        AgentKey agent = newAgent();
        List<NodeId> ids = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ids.add(add(agent, Samples.node("x".repeat(990_000) + i)).id());
        }
        Collections.reverse(ids);
        assertEquals(
                ids.subList(0, 8),
                storage().nodes().findAll(agent, ids).stream().map(Node::id).toList());
    }
}

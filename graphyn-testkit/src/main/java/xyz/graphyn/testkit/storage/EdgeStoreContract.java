package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.memory.AroundQuery;
import xyz.graphyn.application.memory.AroundQuery.Direction;
import xyz.graphyn.application.memory.EdgeQuery;
import xyz.graphyn.application.memory.EdgeStore;
import xyz.graphyn.application.memory.EdgeStore.Around;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeDraft;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** {@link EdgeStore}. */
public interface EdgeStoreContract extends EdgeContract {
    RulesVersion RULES = RulesVersion.of(7, 1);
    AroundQuery EVERYTHING = new AroundQuery(Set.of(), Direction.BOTH, null, null);

    private List<Edge> list(AgentKey agent, EdgeQuery query) {
        return storage().edges().page(agent, query).items();
    }

    private static EdgeQuery by(@Nullable NodeId from, @Nullable NodeId to, @Nullable String relation) {
        return new EdgeQuery(from, to, relation, null, null, 50, null);
    }

    private static EdgeQuery asOf(Instant time) {
        return new EdgeQuery(null, null, null, time, null, 50, null);
    }

    private Around around(AgentKey agent, Collection<NodeId> nodes, AroundQuery query) {
        return storage().edges().around(agent, nodes, query);
    }

    private List<Edge> around(AgentKey agent, NodeId node, Direction direction, String... relations) {
        Around around = around(agent, List.of(node), new AroundQuery(Set.of(relations), direction, null, null));
        assertFalse(around.more());
        return around.edges();
    }

    @Test
    default void keepsAnEdgeAsItWasTold() {
        AgentKey agent = newAgent();
        Findings findings = new Findings(
                RULES,
                Map.of(
                        "/relation", List.of(new Finding(0, 3, Kind.SECRET, "r")),
                        "/properties", List.of(new Finding(1, 2, Kind.EMAIL, "e"))));
        EdgeDraft draft =
                new EdgeDraft(newNode(agent), newNode(agent), "lives_in", Samples.NASTY_JSON, NOW.minusSeconds(1), NOW);
        Edge edge = tell(agent, findings, draft);
        assertEquals(draft, edge.draft());
        assertEquals(findings, edge.findings());
        assertEquals(Optional.of(edge), storage().edges().find(agent, edge.id()));
        assertEquals(List.of(edge), edges(agent));
        assertEquals(Optional.empty(), storage().edges().find(agent, new EdgeId(IDS.next())));
    }

    @Test
    default void listsTheNewestFirstAndByEveryFilter() {
        AgentKey agent = newAgent();
        NodeId a = newNode(agent);
        NodeId b = newNode(agent);
        Edge ab = tell(agent, a, b, "knows");
        Edge ba = tell(agent, b, a, "knows");
        Edge aa = tell(agent, a, a, "likes");
        Edge likes = tell(agent, a, b, "likes");
        assertEquals(List.of(likes, aa, ba, ab), edges(agent));
        assertEquals(List.of(likes, aa, ab), list(agent, by(a, null, null)));
        assertEquals(List.of(likes, ab), list(agent, by(null, b, null)));
        assertEquals(List.of(ba, ab), list(agent, by(null, null, "knows")));
        assertEquals(List.of(aa), list(agent, by(a, a, "likes")));
        assertEquals(List.of(), list(agent, by(b, b, null)));
        assertEquals(List.of(), list(agent, by(null, null, "Knows")));
    }

    @Test
    default void pagesThroughEdgesWithoutGapOrRepetition() {
        AgentKey agent = newAgent();
        NodeId a = newNode(agent);
        for (int i = 0; i < 7; i++) {
            tell(agent, a, newNode(agent), "knows");
        }
        for (EdgeQuery query : List.of(by(null, null, null), by(a, null, null), by(null, null, "knows"))) {
            List<Edge> all = new ArrayList<>();
            EdgeId before = null;
            boolean more = true;
            while (more) {
                Page<Edge> page = storage()
                        .edges()
                        .page(agent, new EdgeQuery(query.from(), null, query.relation(), null, before, 3, null));
                all.addAll(page.items());
                before = page.items().getLast().id();
                more = page.more();
            }
            assertEquals(edges(agent), all);
        }
    }

    @Test
    default void knowsWhatHeldWhen() {
        AgentKey agent = newAgent();
        NodeId a = newNode(agent);
        Edge always = tell(agent, a, a, "always");
        Edge span = tell(agent, Findings.UNSCANNED, new EdgeDraft(a, a, "span", Json.EMPTY, NOW, NOW.plusSeconds(1)));
        Edge since = tell(agent, Findings.UNSCANNED, new EdgeDraft(a, a, "since", Json.EMPTY, NOW, null));
        Edge until = tell(agent, Findings.UNSCANNED, new EdgeDraft(a, a, "until", Json.EMPTY, null, NOW));
        Map<Instant, List<Edge>> held = Map.of(
                NOW.minusNanos(1),
                List.of(until, always),
                NOW,
                List.of(since, span, always),
                NOW.plusSeconds(1).minusNanos(1),
                List.of(since, span, always),
                NOW.plusSeconds(1),
                List.of(since, always),
                Instant.parse("-4000-01-01T00:00:00Z"),
                List.of(until, always),
                Instant.parse("9999-12-31T23:59:59.999999Z"),
                List.of(since, always));
        held.forEach((time, edges) -> {
            assertEquals(edges, list(agent, asOf(time)), time::toString);
            assertEquals(
                    edges,
                    around(agent, List.of(a), new AroundQuery(Set.of(), Direction.BOTH, time, null))
                            .edges(),
                    time::toString);
        });
    }

    @Test
    default void answersAConditionOnARelationOnlyWhereNothingIsHiddenInIt() {
        AgentKey agent = newAgent();
        NodeId a = newNode(agent);
        List<Finding> somewhere = List.of(new Finding(0, 1, Kind.SECRET, "r"));
        Edge clean = tell(agent, Findings.none(RULES), draft(a, a, "clean"));
        Edge inside = tell(agent, new Findings(RULES, Map.of("/properties", somewhere)), draft(a, a, "inside"));
        tell(agent, new Findings(RULES, Map.of("/relation", somewhere)), draft(a, a, "hidden"));
        tell(agent, Findings.none(RulesVersion.of(6, 1)), draft(a, a, "stale"));
        tell(agent, Findings.UNSCANNED, draft(a, a, "unscanned"));
        List<Edge> proven = new ArrayList<>();
        for (String relation : List.of("clean", "inside", "hidden", "stale", "unscanned")) {
            assertEquals(1, list(agent, by(null, null, relation)).size());
            proven.addAll(list(agent, by(null, null, relation).by(RULES)));
        }
        assertEquals(List.of(clean, inside), proven);
        assertEquals(5, list(agent, by(a, null, null).by(RULES)).size());
        AroundQuery every =
                new AroundQuery(Set.of("clean", "inside", "hidden", "stale", "unscanned"), Direction.BOTH, null, RULES);
        assertEquals(List.of(inside, clean), around(agent, List.of(a), every).edges());
        assertEquals(5, around(agent, List.of(a), EVERYTHING.by(RULES)).edges().size());
    }

    @Test
    default void findsTheEdgesOfANodeEitherWay() {
        AgentKey agent = newAgent();
        NodeId a = newNode(agent);
        NodeId b = newNode(agent);
        NodeId c = newNode(agent);
        Edge ab = tell(agent, a, b, "knows");
        Edge parallel = tell(agent, a, b, "likes");
        Edge ba = tell(agent, b, a, "knows");
        Edge loop = tell(agent, a, a, "is");
        Edge bc = tell(agent, b, c, "knows");
        assertEquals(List.of(loop, ba, parallel, ab), around(agent, a, Direction.BOTH));
        assertEquals(List.of(loop, parallel, ab), around(agent, a, Direction.OUT));
        assertEquals(List.of(loop, ba), around(agent, a, Direction.IN));
        assertEquals(List.of(ba, ab), around(agent, a, Direction.BOTH, "knows"));
        assertEquals(List.of(ba, parallel, ab), around(agent, a, Direction.BOTH, "knows", "likes", "absent"));
        assertEquals(List.of(), around(agent, a, Direction.BOTH, "absent"));
        assertEquals(List.of(), around(agent, new NodeId(IDS.next()), Direction.BOTH));
        Around all = around(agent, List.of(a, b, c, c), EVERYTHING);
        assertEquals(List.of(bc, loop, ba, parallel, ab), all.edges());
        assertFalse(all.more());
    }

    @Test
    default void answersNoMoreEdgesThanItMayAndSaysSo() {
        AgentKey agent = newAgent();
        NodeId hub = newNode(agent);
        NodeId spoke = newNode(agent);
        Edge oldest = tell(agent, hub, spoke, "oldest");
        Concurrently.run(EdgeStore.MAX_AROUND, i -> tell(agent, hub, spoke, "r" + i));
        for (List<NodeId> nodes : List.of(List.of(hub), List.of(hub, spoke))) {
            Around around = around(agent, nodes, EVERYTHING);
            assertEquals(EdgeStore.MAX_AROUND, around.edges().size());
            assertTrue(around.more());
            assertFalse(around.edges().contains(oldest), "the newest are answered");
            assertTrue(around.edges()
                            .getFirst()
                            .id()
                            .compareTo(around.edges().getLast().id())
                    > 0);
        }
        Around one = around(agent, List.of(hub), new AroundQuery(Set.of("oldest"), Direction.OUT, null, null));
        assertEquals(new Around(List.of(oldest), false), one);
    }

    @Test
    default void givesEachOfManyNodesItsShare() {
        AgentKey agent = newAgent();
        NodeId hub = newNode(agent);
        NodeId other = newNode(agent);
        int share = EdgeStore.share(EdgeStore.MAX_NODES);
        Edge quiet = tell(agent, other, other, "quiet");
        Edge oldest = tell(agent, hub, hub, "oldest");
        Concurrently.run(share, i -> tell(agent, hub, hub, "r" + i));
        List<NodeId> many = Stream.concat(Stream.of(hub, other), Stream.generate(() -> new NodeId(IDS.next())))
                .limit(EdgeStore.MAX_NODES)
                .toList();
        Around around = around(agent, many, EVERYTHING);
        assertEquals(share + 1, around.edges().size());
        assertTrue(around.edges().contains(quiet));
        assertFalse(around.edges().contains(oldest));
        assertTrue(around.more());
    }

    @Test
    default void showsNoEdgeToAnotherOrganization() {
        AgentKey agent = newAgent();
        Edge edge = tell(agent, newNode(agent), newNode(agent), "knows");
        for (AgentKey stranger : List.of(
                new AgentKey(newOrganization(), agent.agent()),
                newAgent(agent.organization(), Samples.profile("neighbour")).key())) {
            assertEquals(Optional.empty(), storage().edges().find(stranger, edge.id()));
            assertEquals(List.of(), edges(stranger));
            assertEquals(
                    List.of(),
                    around(stranger, List.of(edge.from()), EVERYTHING).edges());
        }
    }

    @Test
    default void showsNoEdgeOfAnAgentThatWasRemoved() {
        AgentKey agent = newAgent();
        Edge edge = tell(agent, newNode(agent), newNode(agent), "knows");
        storage().agents().remove(agent);
        assertEquals(Optional.empty(), storage().edges().find(agent, edge.id()));
        assertEquals(List.of(), edges(agent));
        assertEquals(new Around(List.of(), false), around(agent, List.of(edge.from()), EVERYTHING));
    }
}

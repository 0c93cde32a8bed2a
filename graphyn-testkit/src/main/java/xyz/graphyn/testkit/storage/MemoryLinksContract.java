package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.MemoryEnrichment;
import xyz.graphyn.application.append.MemoryEnrichment.Enriched;
import xyz.graphyn.application.append.MemoryLinks;
import xyz.graphyn.application.append.MemoryLinks.Linked;
import xyz.graphyn.application.append.MemoryLinks.Similar;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.application.memory.EdgeQuery;
import xyz.graphyn.application.memory.LinkStore.Earlier;
import xyz.graphyn.application.memory.MemoryBacklog.Incomplete;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.Embedding.Passage;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.NodeKey;
import xyz.graphyn.domain.memory.NodeKey.Kind;
import xyz.graphyn.domain.memory.Span;
import xyz.graphyn.domain.memory.Supersession;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.testkit.Concurrently;

/** {@link xyz.graphyn.application.append.Appender#link} and {@link xyz.graphyn.application.memory.LinkStore}. */
public interface MemoryLinksContract extends MemoryContract {
    RulesVersion BY = RulesVersion.of(1, 0);

    private Instant minute(int minute) {
        return NOW.plusSeconds(60L * minute);
    }

    private Node said(AgentKey agent, int minute, @Nullable String session) {
        return add(
                agent,
                Findings.none(BY),
                new NodeDraft("message", "said at " + minute, List.of(), Json.EMPTY, minute(minute), session, null));
    }

    private long version(AgentKey agent) {
        return storage().memoryChanges().version(agent).orElseThrow();
    }

    private MemoryLinks links(AgentKey agent, Linked... linked) {
        return new MemoryLinks(
                agent,
                storage().links().linkedVersion(agent),
                version(agent),
                List.of(linked),
                () -> new EdgeId(IDS.next()),
                NOW);
    }

    private void link(AgentKey agent, Linked... linked) {
        assertTrue(storage().appender().link(links(agent, linked)));
    }

    private Linked plain(Node node) {
        return new Linked(node.id(), List.of(), List.of());
    }

    private Linked naming(Node node, String... names) {
        return new Linked(
                node.id(),
                Stream.of(names)
                        .map(name -> new NodeKey(Kind.NAME, "n:" + name.toLowerCase(Locale.ROOT), name))
                        .toList(),
                List.of());
    }

    private Linked telling(Node node, String... keys) {
        return new Linked(
                node.id(),
                Stream.of(keys)
                        .map(key -> new NodeKey(Kind.STATEMENT, "u:" + key, null))
                        .toList(),
                List.of());
    }

    private Linked like(Node node, Similar... older) {
        return new Linked(node.id(), List.of(), List.of(older));
    }

    record Led(NodeId from, String relation, NodeId to, String properties) {}

    private Set<Led> edges(AgentKey agent) {
        List<Edge> edges = storage()
                .edges()
                .page(agent, new EdgeQuery(null, null, null, null, null, Page.MAX_LIMIT, null))
                .items();
        assertEquals(
                edges.size(), storage().memory().state(agent, NOW).orElseThrow().edges());
        assertTrue(edges.stream().allMatch(Edge::derived));
        return edges.stream()
                .map(edge -> new Led(
                        edge.from(),
                        edge.relation(),
                        edge.to(),
                        edge.properties().text()))
                .collect(Collectors.toSet());
    }

    private Led next(Node from, Node to) {
        return new Led(from.id(), "next", to.id(), "{}");
    }

    private Led mentions(Node from, Node to, String names) {
        return new Led(from.id(), "mentions", to.id(), "{\"names\":" + names + "}");
    }

    private @Nullable Supersession known(AgentKey agent, Node node) {
        return storage().nodes().find(agent, node.id()).orElseThrow().supersession();
    }

    private Optional<NodeId> successor(AgentKey agent, Node node) {
        return Optional.ofNullable(known(agent, node)).map(Supersession::by);
    }

    private Optional<Node> tell(AgentKey agent, Node node, @Nullable Supersession told) {
        return storage()
                .appender()
                .changeNode(new NodeChange(
                        agent,
                        node.id(),
                        present -> present.with(told),
                        audit(agent, AuditAction.NODE_CHANGED, Map.of())));
    }

    private void move(AgentKey agent, Node node, int minute, @Nullable String session) {
        NodeDraft draft = node.draft();
        NodeDraft moved = new NodeDraft(
                draft.type(), draft.content(), draft.labels(), draft.properties(), minute(minute), session, null);
        storage()
                .appender()
                .changeNode(new NodeChange(
                        agent,
                        node.id(),
                        present -> present.changedTo(moved, 1, NOW, present.findings()),
                        audit(agent, AuditAction.NODE_CHANGED, Map.of())));
    }

    @Test
    default void leadsFromEachOfASessionToTheNext() {
        AgentKey agent = newAgent();
        Node one = said(agent, 1, "s");
        Node three = said(agent, 3, "s");
        Node other = said(agent, 2, "t");
        Node alone = said(agent, 2, null);
        link(agent, plain(one), plain(three), plain(other), plain(alone));
        assertEquals(Set.of(next(one, three)), edges(agent));
        Node two = said(agent, 2, "s");
        link(agent, plain(two));
        assertEquals(Set.of(next(one, two), next(two, three)), edges(agent), "a late one is put between");
        move(agent, two, 9, "s");
        link(agent, plain(two));
        assertEquals(Set.of(next(one, three), next(three, two)), edges(agent));
        move(agent, two, 9, "t");
        link(agent, plain(two));
        assertEquals(Set.of(next(one, three), next(other, two)), edges(agent));
    }

    @Test
    default void ordersWhatOccurredAtOneTimeById() {
        AgentKey agent = newAgent();
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            nodes.add(said(agent, 1, "s"));
        }
        nodes.sort(Comparator.comparing(Node::id));
        nodes.reversed().forEach(node -> link(agent, plain(node)));
        assertEquals(
                Set.of(
                        next(nodes.get(0), nodes.get(1)),
                        next(nodes.get(1), nodes.get(2)),
                        next(nodes.get(2), nodes.get(3)),
                        next(nodes.get(3), nodes.get(4))),
                edges(agent));
    }

    @Test
    default void hangsAllThatNameTheSameOnOneChain() {
        AgentKey agent = newAgent();
        Node one = said(agent, 1, null);
        Node three = said(agent, 3, null);
        Node five = said(agent, 5, null);
        link(agent, naming(one, "Ada", "Graz"), naming(three, "Graz", "Ada"), naming(five, "ADA"));
        assertEquals(
                Set.of(mentions(three, one, "[\"Ada\",\"Graz\"]"), mentions(five, three, "[\"ADA\"]")), edges(agent));
        Node two = said(agent, 2, null);
        link(agent, naming(two, "Graz"));
        assertEquals(
                Set.of(
                        mentions(two, one, "[\"Graz\"]"),
                        mentions(three, two, "[\"Graz\"]"),
                        mentions(three, one, "[\"Ada\"]"),
                        mentions(five, three, "[\"ADA\"]")),
                edges(agent));
        move(agent, three, 3, null);
        link(agent, naming(three));
        assertEquals(Set.of(mentions(two, one, "[\"Graz\"]"), mentions(five, one, "[\"ADA\"]")), edges(agent));
    }

    @Test
    default void leadsToWhatIsSimilarAndTakesItBack() {
        AgentKey agent = newAgent();
        Node one = said(agent, 1, null);
        Node two = said(agent, 2, null);
        link(agent, like(two, new Similar(one.id(), 0.81234, false), new Similar(new NodeId(IDS.next()), 0.9, true)));
        assertEquals(Set.of(new Led(two.id(), "similar", one.id(), "{\"score\":0.812}")), edges(agent));
        assertNull(known(agent, one));
        move(agent, two, 2, null);
        link(agent, plain(two));
        assertEquals(Set.of(), edges(agent));
    }

    @Test
    default void marksWhatNewerOnesSayOfTheSame() {
        AgentKey agent = newAgent();
        Node one = said(agent, 1, null);
        Node three = said(agent, 3, null);
        link(agent, telling(three, "budget"), telling(one, "budget"));
        assertEquals(new Supersession(three.id(), three.occurredAt(), false), known(agent, one));
        assertNull(known(agent, three));
        Node two = said(agent, 2, null);
        link(agent, telling(two, "budget"));
        assertEquals(Optional.of(two.id()), successor(agent, one), "the first after it");
        assertEquals(Optional.of(three.id()), successor(agent, two));
        move(agent, two, 9, null);
        link(agent, telling(two, "budget"));
        assertEquals(Optional.of(three.id()), successor(agent, one));
        assertEquals(new Supersession(two.id(), minute(9), false), known(agent, three));
        assertNull(known(agent, two));
        move(agent, two, 9, "s");
        link(agent, telling(two, "rent"));
        assertNull(known(agent, three));
    }

    @Test
    default void marksWhatWasSaidOnceMoreAndNearlyTheSame() {
        AgentKey agent = newAgent();
        Node one = said(agent, 1, null);
        Node two = said(agent, 2, null);
        link(agent, plain(one), like(two, new Similar(one.id(), 0.97, true)));
        assertEquals(Optional.of(two.id()), successor(agent, one));
        move(agent, one, 1, "s");
        link(agent, plain(one));
        assertEquals(Optional.of(two.id()), successor(agent, one), "linked anew, it is still so");
        move(agent, two, 2, "s");
        link(agent, like(two, new Similar(one.id(), 0.9, false)));
        assertNull(known(agent, one));
    }

    @Test
    default void givesEachMarkAVersionAndIsNotBehindForIt() {
        AgentKey agent = newAgent();
        Node one = said(agent, 1, null);
        Node two = said(agent, 2, null);
        assertTrue(storage().memoryBacklog().take(agent, ""));
        storage().memoryBacklog().giveBack(agent);
        link(agent, telling(one, "budget"), telling(two, "budget"));
        assertEquals(3, version(agent));
        assertEquals(
                List.of(one.id()),
                storage().memoryChanges().since(agent, 2, "", 10).changed().stream()
                        .map(changed -> changed.node().id())
                        .toList());
        assertEquals(3, storage().links().linkedVersion(agent));
        assertFalse(storage().memoryBacklog().take(agent, ""));
        List<AuditAction> before = auditedActions(agent.organization());
        link(agent);
        assertEquals(3, version(agent));
        assertEquals(before, auditedActions(agent.organization()));
    }

    @Test
    default void staysBehindWhatChangedMeanwhile() {
        AgentKey agent = newAgent();
        Node one = said(agent, 1, "s");
        Node two = said(agent, 2, "s");
        MemoryLinks read = links(agent, naming(one, "Ada"), naming(two, "Ada"));
        move(agent, one, 1, "t");
        assertTrue(storage().appender().link(read));
        assertEquals(2, storage().links().linkedVersion(agent));
        assertTrue(storage().memoryBacklog().take(agent, ""));
        assertEquals(Set.of(), edges(agent), "what has changed since it was read names nothing, and is elsewhere");
        assertFalse(storage().appender().link(read), "repeated, from where it began");
    }

    @Test
    default void letsOneOfManyServersLink() {
        AgentKey agent = newAgent();
        Node one = said(agent, 1, "s");
        Node two = said(agent, 2, "s");
        MemoryLinks read = links(agent, telling(one, "budget"), telling(two, "budget"));
        List<Boolean> done = Concurrently.run(6, server -> storage().appender().link(read));
        assertEquals(1, done.stream().filter(is -> is).count());
        assertEquals(Set.of(next(one, two)), edges(agent));
        assertEquals(Optional.of(two.id()), successor(agent, one));
    }

    @Test
    default void leavesWhatSomebodyTold() {
        AgentKey agent = newAgent();
        Node one = said(agent, 1, null);
        Node two = said(agent, 2, null);
        Node three = said(agent, 3, null);
        tell(agent, one, Supersession.TAKEN_BACK);
        tell(agent, two, Supersession.told(one));
        link(agent, telling(one, "budget"), telling(two, "budget"), telling(three, "budget"));
        assertEquals(Supersession.TAKEN_BACK, known(agent, one));
        assertEquals(new Supersession(one.id(), one.occurredAt(), true), known(agent, two));
        move(agent, one, 7, null);
        link(agent, telling(one, "budget"));
        assertEquals(new Supersession(one.id(), minute(7), true), known(agent, two), "its time is the newer one's");
        tell(agent, one, null);
        link(agent, telling(one, "budget"));
        assertNull(known(agent, one));
        assertEquals(Optional.of(one.id()), successor(agent, three));
    }

    @Test
    default void goesPastWhatIsToldNotToHold() {
        AgentKey agent = newAgent();
        Node one = said(agent, 1, null);
        Node two = said(agent, 2, null);
        tell(agent, two, Supersession.told(one));
        link(agent, telling(one, "budget"), telling(two, "budget"));
        assertNull(known(agent, one), "the two would hide each other");
    }

    @Test
    default void refusesASuccessorThatIsNotThereOrLeadsBack() {
        AgentKey agent = newAgent();
        Node one = said(agent, 1, null);
        Node two = said(agent, 2, null);
        Node three = said(agent, 3, null);
        Node elsewhere = said(newAgent(), 1, null);
        tell(agent, one, Supersession.told(two));
        tell(agent, two, Supersession.told(three));
        for (Node back : List.of(one, two, three)) {
            Invalid circular = assertThrows(Invalid.class, () -> tell(agent, three, Supersession.told(back)));
            assertEquals("circular", circular.violations().getFirst().code());
        }
        Invalid unknown = assertThrows(Invalid.class, () -> tell(agent, three, Supersession.told(elsewhere)));
        assertEquals("unknown-node", unknown.violations().getFirst().code());
        assertNull(known(agent, three));
    }

    @Test
    default void freesWhatTheRemovedOneHeldFor() {
        AgentKey agent = newAgent();
        Node one = said(agent, 1, "s");
        Node two = said(agent, 2, "s");
        Node three = said(agent, 3, "s");
        Node told = said(agent, 4, null);
        link(agent, telling(one, "budget"), telling(two, "budget"), telling(three, "budget"), plain(told));
        tell(agent, told, Supersession.told(two));
        long before = version(agent);
        removeNode(agent, two.id());
        assertNull(known(agent, one));
        assertNull(known(agent, told));
        assertTrue(storage().memoryBacklog().take(agent, ""));
        assertEquals(
                Set.of(one.id(), told.id()),
                storage().memoryChanges().since(agent, before, "", 10).changed().stream()
                        .map(changed -> changed.node().id())
                        .collect(Collectors.toSet()));
        link(agent, telling(one, "budget"), plain(told));
        assertEquals(Optional.of(three.id()), successor(agent, one));
        assertTrue(edges(agent).contains(next(one, three)));
    }

    @Test
    default void knowsWhichKeysThereAre() {
        AgentKey agent = newAgent();
        Node one = said(agent, 1, null);
        link(agent, naming(one, "Ada"));
        assertEquals(Set.of("n:ada"), storage().links().known(agent, Set.of("n:ada", "n:bob", "s:ada")));
        assertEquals(Set.of(), storage().links().known(newAgent(), Set.of("n:ada")));
        AgentKey stranger = new AgentKey(newOrganization(), agent.agent());
        assertEquals(Set.of(), storage().links().known(stranger, Set.of("n:ada")));
        removeNode(agent, one.id());
        assertEquals(Set.of(), storage().links().known(agent, Set.of("n:ada")));
    }

    @Test
    default void readsWhatCameBeforeInTheOrderOfTime() {
        AgentKey agent = newAgent();
        Node three = said(agent, 3, null);
        Node one = said(agent, 1, null);
        Node two = said(agent, 2, null);
        Node late = said(agent, 4, null);
        embed(agent, one, 1);
        embed(agent, two, 2);
        List<Earlier> before = storage().links().before(agent, late.occurredAt(), late.id(), MODEL, 10);
        assertEquals(
                List.of(three.id(), two.id(), one.id()),
                before.stream().map(Earlier::id).toList());
        assertNull(before.getFirst().vector());
        assertNull(before.get(1).vector(), "it has two passages");
        assertEquals(List.of((byte) 7), bytes(before.getLast().vector()));
        assertEquals(
                List.of(two.id()),
                storage().links().before(agent, three.occurredAt(), three.id(), "other", 1).stream()
                        .map(Earlier::id)
                        .toList());
        assertNull(storage()
                .links()
                .before(agent, two.occurredAt(), two.id(), "other", 1)
                .getFirst()
                .vector());
        assertEquals(
                List.of(one.id()),
                storage()
                        .links()
                        .before(agent, one.occurredAt(), new NodeId(new UUID(Long.MAX_VALUE, -1)), MODEL, 9)
                        .stream()
                        .map(Earlier::id)
                        .toList());
    }

    private static List<Byte> bytes(byte @Nullable [] vector) {
        List<Byte> bytes = new ArrayList<>();
        for (byte one : vector == null ? new byte[0] : vector) {
            bytes.add(one);
        }
        return bytes;
    }

    private void embed(AgentKey agent, Node node, int passages) {
        Incomplete incomplete = storage().memoryBacklog().incomplete(agent, MODEL, 100).stream()
                .filter(one -> one.node().id().equals(node.id()))
                .findFirst()
                .orElseThrow();
        List<Passage> made = new ArrayList<>();
        for (int i = 0; i < passages; i++) {
            made.add(new Passage(new Span(i, i + 1), new byte[] {7}));
        }
        storage()
                .appender()
                .enrich(new MemoryEnrichment(
                        agent,
                        MODEL,
                        List.of(new Enriched(
                                node.id(), incomplete.version(), 1, Optional.of(new Embedding(MODEL, made))))));
    }

    @Test
    default void linksNothingOfAnAgentThatIsNotThere() {
        AgentKey unknown = new AgentKey(newOrganization(), new AgentId(IDS.next()));
        assertThrows(Refusal.NotFound.class, () -> storage().links().linkedVersion(unknown));
        assertThrows(
                Refusal.NotFound.class,
                () -> storage()
                        .appender()
                        .link(new MemoryLinks(unknown, 0, 0, List.of(), () -> new EdgeId(IDS.next()), NOW)));
    }
}

package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.append.EdgeChange;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.application.masking.RescanStaleRows;
import xyz.graphyn.application.masking.RowDetection;
import xyz.graphyn.application.masking.StaleRows;
import xyz.graphyn.application.memory.EdgeQuery;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.MaskingPolicy;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeDraft;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.testkit.Samples;

/** {@link StaleRows}: everything is searched by the present rules in the end, and nothing is undone by it. */
public interface StaleRowsContract extends MemoryContract {
    /** Each test has rules of its own, later than those of the tests before. */
    AtomicInteger BUILT_IN = new AtomicInteger(1);

    /** Finds the first characters of everything, by one version of the rules. */
    record Detection(Function<OrganizationId, RulesVersion> rules) implements RowDetection {
        public static Detection by(RulesVersion rules) {
            return new Detection(organization -> rules);
        }

        private static List<Finding> first() {
            return List.of(new Finding(0, 2, Kind.SECRET, "first"));
        }

        Findings in(OrganizationId organization, String field) {
            return new Findings(rules.apply(organization), Map.of(field, first()));
        }

        @Override
        public Findings inAgent(Agent agent) {
            return in(agent.organization(), "/name");
        }

        @Override
        public Findings inEvent(OrganizationId organization, Event event) {
            return in(organization, "/payload");
        }

        @Override
        public Findings inNode(OrganizationId organization, Node node) {
            return in(organization, "/content");
        }

        @Override
        public Findings inEdge(OrganizationId organization, Edge edge) {
            return in(organization, "/relation");
        }
    }

    /** Everything that any test has left behind is searched by this one, and later ones. */
    default int newRelease() {
        int builtIn = BUILT_IN.getAndAdd(3);
        searchAll(builtIn);
        return builtIn;
    }

    default int searchAll(int builtIn) {
        return new RescanStaleRows(storage().staleRows(), atPresent(builtIn), builtIn).run(() -> true);
    }

    /** By what is built in, and the organization's revision. */
    default Detection atPresent(int builtIn) {
        return new Detection(organization -> RulesVersion.of(
                builtIn,
                storage()
                        .maskingSettings()
                        .find(organization)
                        .map(settings -> settings.rules().revision())
                        .orElse(0)));
    }

    default AgentKey newAgent(Findings findings) {
        Agent agent = new Agent(
                new AgentId(IDS.next()), newOrganization(), Samples.profile("Ada's agent"), "ada", NOW, NOW, findings);
        storage().agents().insert(agent);
        return agent.key();
    }

    /** An agent whose rows were searched by these rules. */
    default AgentKey searchedAgent(RulesVersion rules, int rows) {
        AgentKey agent = newAgent(Findings.none(rules));
        addRows(agent, rules, rows);
        return agent;
    }

    default void addRows(AgentKey agent, RulesVersion rules, int rows) {
        record(
                agent,
                Findings.none(rules),
                IntStream.range(0, rows).mapToObj(i -> Samples.event(null)).toArray(EventDraft[]::new));
        for (int i = 0; i < rows; i++) {
            Node node = add(agent, Findings.none(rules), Samples.node("node " + i));
            tell(agent, Findings.none(rules), new EdgeDraft(node.id(), node.id(), "is", Json.EMPTY, null, null));
        }
    }

    default List<Event> eventsOf(AgentKey agent) {
        return storage().events().page(agent, EventStoreContract.ALL).items();
    }

    default List<Node> nodesOf(AgentKey agent) {
        return storage().nodes().page(agent, NodeStoreContract.all(200)).items();
    }

    default List<Edge> edgesOf(AgentKey agent) {
        return storage()
                .edges()
                .page(agent, new EdgeQuery(null, null, null, null, null, 200, null))
                .items();
    }

    default void assertSearchedBy(RulesVersion rules, AgentKey agent, int rows) {
        Detection detection = Detection.by(rules);
        OrganizationId organization = agent.organization();
        Agent found = storage().agents().find(agent).orElseThrow();
        assertEquals(detection.inAgent(found), found.findings());
        assertEquals(rows, eventsOf(agent).size());
        eventsOf(agent).forEach(event -> assertEquals(detection.inEvent(organization, event), event.findings()));
        assertEquals(rows, nodesOf(agent).size());
        nodesOf(agent).forEach(node -> assertEquals(detection.inNode(organization, node), node.findings()));
        edgesOf(agent).forEach(edge -> assertEquals(detection.inEdge(organization, edge), edge.findings()));
    }

    @Test
    default void findsNothingWhereTheRulesAreThePresentOnes() {
        int builtIn = newRelease();
        searchedAgent(RulesVersion.of(builtIn, 0), 3);
        assertFalse(storage().staleRows().searchAgain(builtIn, atPresent(builtIn)));
    }

    @Test
    default void searchesEverythingAgainByTheRulesOfANewRelease() {
        int before = newRelease();
        AgentKey agent = searchedAgent(RulesVersion.of(before, 0), 25);
        Agent told = storage().agents().find(agent).orElseThrow();
        List<Event> events = eventsOf(agent);
        assertTrue(searchAll(before + 1) > 0);
        assertSearchedBy(RulesVersion.of(before + 1, 0), agent, 25);
        assertEquals(25, edgesOf(agent).size());
        assertEquals(
                told.profile(), storage().agents().find(agent).orElseThrow().profile());
        assertEquals(
                events.stream().map(Event::payload).toList(),
                eventsOf(agent).stream().map(Event::payload).toList());
        assertFalse(storage().staleRows().searchAgain(before + 1, atPresent(before + 1)), "and then no more");
    }

    @Test
    default void searchesWhatNobodyHasSearched() {
        int builtIn = newRelease();
        AgentKey agent = newAgent();
        record(agent, Samples.event("e"));
        Node node = add(agent, Samples.node("node"));
        tell(agent, Findings.UNSCANNED, new EdgeDraft(node.id(), node.id(), "is", Json.EMPTY, null, null));
        searchAll(builtIn);
        assertSearchedBy(RulesVersion.of(builtIn, 0), agent, 1);
        assertEquals(1, edgesOf(agent).size());
    }

    @Test
    default void searchesAgainWhereAnOrganizationChangesItsRulesAndNowhereElse() {
        int builtIn = newRelease();
        AgentKey agent = searchedAgent(RulesVersion.of(builtIn, 0), 3);
        AgentKey other = searchedAgent(RulesVersion.of(builtIn, 0), 3);
        OrganizationId organization = agent.organization();
        for (int revision = 1; revision <= 2; revision++) {
            int before = revision - 1;
            storage()
                    .unitOfWork()
                    .run(
                            organization,
                            () -> storage()
                                    .maskingSettings()
                                    .replace(
                                            organization, before, MaskingSettingsStoreContract.ofRevision(before + 1)));
            assertTrue(searchAll(builtIn) > 0);
            assertSearchedBy(RulesVersion.of(builtIn, revision), agent, 3);
        }
        eventsOf(other).forEach(event -> assertEquals(Findings.none(RulesVersion.of(builtIn, 0)), event.findings()));
        MaskingSettings rules = MaskingSettingsStoreContract.ofRevision(2);
        MaskingSettings policyOnly =
                rules.changedTo(rules.rules(), new MaskingPolicy(MaskingPolicy.DEFAULT.levels(), Set.of(Kind.EMAIL)));
        storage()
                .unitOfWork()
                .run(organization, () -> storage().maskingSettings().replace(organization, 2, policyOnly));
        assertEquals(Optional.of(policyOnly), storage().maskingSettings().find(organization));
        assertFalse(storage().staleRows().searchAgain(builtIn, atPresent(builtIn)), "who sees it is no matter");
    }

    @Test
    default void leavesAloneWhatALaterReleaseHasSearched() {
        int builtIn = newRelease();
        RulesVersion later = RulesVersion.of(builtIn + 1, 0);
        AgentKey agent = searchedAgent(later, 2);
        searchAll(builtIn);
        eventsOf(agent).forEach(event -> assertEquals(Findings.none(later), event.findings()));
    }

    @Test
    default void searchesWhatAServerThatIsBehindWritesAfterwards() {
        int before = newRelease();
        AgentKey agent = searchedAgent(RulesVersion.of(before, 0), 3);
        searchAll(before + 1);
        for (int round = 1; round <= 2; round++) {
            addRows(agent, RulesVersion.of(before, 0), 2);
            addRows(agent, RulesVersion.of(before + 1, 0), 1);
            searchAll(before + 1);
            long stale = eventsOf(agent).stream()
                    .filter(event -> !event.findings().rules().equals(RulesVersion.of(before + 1, 0)))
                    .count();
            assertEquals(0, stale);
            assertTrue(nodesOf(agent).stream()
                    .allMatch(node -> node.findings().rules().equals(RulesVersion.of(before + 1, 0))));
        }
        Node first = nodesOf(agent).getLast();
        changeTo(agent, first, "told anew", RulesVersion.of(before, 0));
        close(agent, edgesOf(agent).getLast(), RulesVersion.of(before, 0));
        searchAll(before + 1);
        assertTrue(nodesOf(agent).stream()
                .allMatch(node -> node.findings().rules().equals(RulesVersion.of(before + 1, 0))));
        assertTrue(edgesOf(agent).stream()
                .allMatch(edge -> edge.findings().rules().equals(RulesVersion.of(before + 1, 0))));
    }

    default void changeTo(AgentKey agent, Node node, String content, RulesVersion rules) {
        NodeDraft draft = Samples.node(content);
        NodeChange change = new NodeChange(
                agent,
                node.id(),
                found -> found.changedTo(draft, 5, NOW, Findings.none(rules)),
                audit(agent, AuditAction.NODE_CHANGED, Map.of()));
        assertTrue(storage().appender().changeNode(change).isPresent());
    }

    default void close(AgentKey agent, Edge edge, RulesVersion rules) {
        EdgeDraft closed = new EdgeDraft(edge.from(), edge.to(), edge.relation(), edge.properties(), null, NOW);
        EdgeChange change = new EdgeChange(
                agent,
                edge.id(),
                found -> found.changedTo(closed, Findings.none(rules)),
                audit(agent, AuditAction.EDGE_CHANGED, Map.of()));
        assertTrue(storage().appender().changeEdge(change).isPresent());
    }

    @Test
    default void neverOverwritesTheFindingsOfANewerText() {
        int before = newRelease();
        RulesVersion old = RulesVersion.of(before, 0);
        RulesVersion present = RulesVersion.of(before + 1, 0);
        AgentKey agent = searchedAgent(old, 1);
        Node node = nodesOf(agent).getFirst();
        Edge edge = edgesOf(agent).getFirst();
        AtomicBoolean changed = new AtomicBoolean();
        AtomicBoolean closed = new AtomicBoolean();
        RowDetection changing = new RowDetection() {
            private final Detection detection = Detection.by(present);

            @Override
            public Findings inAgent(Agent found) {
                return detection.inAgent(found);
            }

            @Override
            public Findings inEvent(OrganizationId organization, Event event) {
                return detection.inEvent(organization, event);
            }

            @Override
            public Findings inNode(OrganizationId organization, Node found) {
                if (!changed.getAndSet(true)) {
                    // At the same microsecond, so that the time of change does not tell.
                    changeTo(agent, node, "newer", present);
                }
                return detection.inNode(organization, found);
            }

            @Override
            public Findings inEdge(OrganizationId organization, Edge found) {
                if (!closed.getAndSet(true)) {
                    close(agent, edge, present);
                }
                return detection.inEdge(organization, found);
            }
        };
        new RescanStaleRows(storage().staleRows(), changing, before + 1).run(() -> true);
        assertTrue(changed.get());
        Node now = nodesOf(agent).getFirst();
        assertEquals("newer", now.content());
        assertEquals(Findings.none(present), now.findings());
        assertTrue(closed.get());
        assertEquals(Findings.none(present), edgesOf(agent).getFirst().findings());
    }

    @Test
    default void keepsNothingOfASearchByRulesOfYesterday() {
        int before = newRelease();
        RulesVersion old = RulesVersion.of(before, 0);
        AgentKey agent = searchedAgent(old, 2);
        assertFalse(storage().staleRows().searchAgain(before + 1, Detection.by(old)));
        eventsOf(agent).forEach(event -> assertEquals(Findings.none(old), event.findings()));
        searchAll(before + 1);
        assertSearchedBy(RulesVersion.of(before + 1, 0), agent, 2);
    }

    @Test
    default void stopsBetweenStepsWhenItIsTold() {
        int before = newRelease();
        searchedAgent(RulesVersion.of(before, 0), 1);
        RescanStaleRows rescan = new RescanStaleRows(storage().staleRows(), atPresent(before + 1), before + 1);
        assertEquals(0, rescan.run(() -> false));
        AtomicInteger left = new AtomicInteger(1);
        assertEquals(1, rescan.run(() -> left.getAndDecrement() > 0));
        assertTrue(rescan.run(() -> true) >= 0);
    }

    @Test
    default void passesOverAnAgentThatWasRemoved() {
        int before = newRelease();
        AgentKey agent = searchedAgent(RulesVersion.of(before, 0), 2);
        storage().agents().remove(agent);
        searchAll(before + 1);
        assertFalse(storage().staleRows().searchAgain(before + 1, atPresent(before + 1)));
    }

    private List<RememberedNode> since(AgentKey agent, long version) {
        return storage().memoryChanges().since(agent, version, MODEL, 100).changed();
    }

    /** Indexes answer some readers only by what the present rules have searched. */
    @Test
    default void tellsWhoFollowsMemoryOfEveryNodeThatWasSearched() {
        int before = newRelease();
        AgentKey agent = searchedAgent(RulesVersion.of(before, 0), 0);
        remember(agent, recordSome(agent, 3), Optional.of(MODEL));
        long version = storage().memoryChanges().version(agent).orElseThrow();
        searchAll(before + 1);
        List<RememberedNode> told = since(agent, version);
        assertEquals(3, told.size());
        assertEquals(
                Set.copyOf(nodesOf(agent)),
                told.stream().map(RememberedNode::node).collect(Collectors.toSet()));
        assertTrue(told.stream().allMatch(node -> node.embedding().isEmpty()), "another text is to be embedded now");
        assertTrue(storage().memoryBacklog().take(agent, MODEL));
        enrich(agent, MODEL, storage().memoryBacklog().incomplete(agent, MODEL, 100));
        version = storage().memoryChanges().version(agent).orElseThrow();
        searchAll(before + 2);
        told = since(agent, version);
        assertEquals(3, told.size());
        assertTrue(told.stream().allMatch(node -> node.embedding().isPresent()), "the same was found as before");
        assertEquals(List.of(), storage().memoryBacklog().incomplete(agent, MODEL, 100));
    }
}

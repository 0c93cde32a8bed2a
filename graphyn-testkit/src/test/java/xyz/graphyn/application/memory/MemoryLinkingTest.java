package xyz.graphyn.application.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.UseCases;
import xyz.graphyn.application.memory.ManageNodes.Successor;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.Supersession;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.testkit.Samples;

class MemoryLinkingTest {
    private static final Instant START = Instant.parse("2026-05-01T08:00:00Z");

    private final UseCases graphyn = new UseCases();
    private final AgentId agent = graphyn.manageAgents
            .create(graphyn.ada, Samples.profile("Ada's"))
            .value()
            .id();
    private final AgentKey key = new AgentKey(graphyn.acme, agent);
    private final MemorySteps steps = graphyn.memorySteps(Optional.of(graphyn.embedder));

    private void say(int minute, String name, String content) {
        graphyn.recordEvents.record(
                graphyn.ada,
                agent,
                new EventDraft(
                        "message",
                        new Json("{\"role\":\"user\",\"name\":\"" + name + "\",\"content\":\"" + content + "\"}"),
                        START.plusSeconds(60L * minute),
                        "chat",
                        null));
    }

    private Node fact(int minute, String content) {
        NodeDraft draft =
                new NodeDraft("fact", content, List.of(), Json.EMPTY, START.plusSeconds(60L * minute), null, null);
        return graphyn.manageNodes.add(graphyn.ada, agent, draft).node().value();
    }

    private void remember() {
        boolean first = true;
        while (steps.step(key, first)) {
            first = false;
        }
    }

    private Node node(String content) {
        return graphyn
                .storage
                .nodes()
                .page(key, new NodeQuery(null, null, null, null, null, null, 200, null))
                .items()
                .stream()
                .filter(node -> node.content().equals(content))
                .findFirst()
                .orElseThrow();
    }

    private List<Edge> edges() {
        List<Edge> all = new ArrayList<>();
        boolean more = true;
        while (more) {
            EdgeId behind = all.isEmpty() ? null : all.getLast().id();
            Page<Edge> page = graphyn.storage
                    .edges()
                    .page(key, new EdgeQuery(null, null, null, null, behind, Page.MAX_LIMIT, null));
            all.addAll(page.items());
            more = page.more();
        }
        return all;
    }

    private Set<String> led(String relation) {
        return edges().stream()
                .filter(edge -> edge.relation().equals(relation))
                .map(edge -> content(edge.from()) + " > " + content(edge.to()))
                .collect(Collectors.toSet());
    }

    private String content(NodeId id) {
        return graphyn.storage.nodes().find(key, id).orElseThrow().content();
    }

    private void succeed(Node node, Successor successor) {
        graphyn.manageNodes.change(graphyn.ada, agent, node.id(), draft -> draft, successor);
    }

    @Test
    void linksWhatWasSaidOnceItIsMemory() {
        say(1, "Ada", "in spring we saw Graz");
        say(2, "Bob", "it rains");
        say(3, "Ada", "back to Graz soon");
        remember();
        assertEquals(Set.of("in spring we saw Graz > it rains", "it rains > back to Graz soon"), led("next"));
        assertEquals(Set.of("back to Graz soon > in spring we saw Graz"), led("mentions"));
        assertEquals(
                graphyn.storage.memoryChanges().version(key).orElseThrow(),
                graphyn.storage.links().linkedVersion(key));
        assertFalse(graphyn.storage.memoryBacklog().take(key, graphyn.embedder.model()), "nothing is left to do");
    }

    @Test
    void takesTheBeginningOfASentenceForANameOnceItIsKnown() {
        say(1, "Ada", "Graz is far");
        say(2, "Ada", "they moved to Graz");
        say(3, "Bob", "Graz again");
        say(4, "Bob", "Ada knows it");
        say(5, "Bob", "Ada does");
        remember();
        assertEquals(Set.of("Graz again > they moved to Graz", "Ada does > Ada knows it"), led("mentions"));
    }

    @Test
    void namesNothingThatIsSensitive() {
        say(1, "Ada", "write to ada@example.com in Graz");
        say(2, "Ada", "write to bob@example.com in Graz");
        remember();
        List<Edge> edges = edges();
        assertTrue(edges.stream().anyMatch(edge -> edge.relation().equals("mentions")));
        assertTrue(edges.stream().noneMatch(edge -> edge.properties().text().contains("example")));
        assertNull(node("write to ada@example.com in Graz").supersededBy(), "they differ in what is hidden");
    }

    @Test
    void findsWhatIsSimilarAmongThoseBefore() {
        say(1, "Ada", "a");
        say(2, "Ada", "b");
        remember();
        // The fake goes by the first bytes, which tell the speaker.
        assertEquals(Set.of("b > a"), led("similar"));
        for (int i = 3; i < 8; i++) {
            say(i, "Ada", "c" + i);
        }
        remember();
        assertEquals(
                3,
                led("similar").stream().filter(edge -> edge.startsWith("c7 ")).count());
    }

    @Test
    void marksWhatNewerOnesSay() {
        say(1, "Ada", "My budget is 500 euros");
        say(2, "Bob", "My budget is 600 euros");
        say(3, "Ada", "My budget is 700 euros.");
        Node old = fact(1, "Ada lives in Vienna");
        Node late = fact(9, "Ada lives in Graz");
        remember();
        assertEquals(
                node("My budget is 700 euros.").id(),
                node("My budget is 500 euros").supersededBy());
        assertNull(node("My budget is 600 euros").supersededBy());
        assertEquals(
                new Supersession(late.id(), late.occurredAt(), false),
                node(old.content()).supersession());
    }

    @Test
    void doesNotMarkAgainWhatWasTakenBack() {
        Node old = fact(1, "Ada lives in Vienna");
        fact(2, "Ada lives in Graz");
        remember();
        succeed(old, new Successor.None());
        assertNull(node(old.content()).supersededBy());
        fact(3, "Ada lives in Linz");
        remember();
        assertNull(node(old.content()).supersededBy());
        assertEquals(node("Ada lives in Linz").id(), node("Ada lives in Graz").supersededBy());
    }

    @Test
    void takesTheWordOfWhoTellsWhatHolds() {
        Node one = fact(1, "Ada likes trains");
        Node two = fact(2, "Ada likes planes");
        succeed(one, new Successor.By(two.id()));
        remember();
        assertEquals(Supersession.told(two), node(one.content()).supersession());
        assertThrows(Invalid.class, () -> succeed(two, new Successor.By(one.id())));
        assertThrows(Invalid.class, () -> succeed(two, new Successor.By(two.id())));
        assertThrows(
                Invalid.class,
                () -> succeed(two, new Successor.By(new NodeId(key.agent().value()))));
        assertTrue(Objects.requireNonNull(node(one.content()).supersession()).told());
        graphyn.manageNodes.remove(graphyn.ada, agent, two.id());
        assertNull(node(one.content()).supersession());
    }

    @Test
    void linksMoreThanOneStepTakes() {
        graphyn.manageNodes.addAll(
                graphyn.ada,
                agent,
                IntStream.range(0, 250)
                        .mapToObj(i -> new NodeDraft(
                                "fact", "number " + i, List.of(), Json.EMPTY, START.plusSeconds(i), "s", null))
                        .toList());
        remember();
        assertEquals(249, led("next").size());
    }
}

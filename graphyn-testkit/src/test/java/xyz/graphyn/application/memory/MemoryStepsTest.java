package xyz.graphyn.application.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.UseCases;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.audit.AuditEntries;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.MemoryState;
import xyz.graphyn.domain.memory.Message;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.domain.memory.SetAside;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.SequentialIds;
import xyz.graphyn.testkit.memory.FakeEmbedder;
import xyz.graphyn.testkit.memory.SimpleMessages;
import xyz.graphyn.testkit.memory.WordCounter;

class MemoryStepsTest {
    private static final NodeQuery ALL = new NodeQuery(null, null, null, null, null, null, 50, null);

    private final UseCases graphyn = new UseCases();
    private final AgentId agent = graphyn.manageAgents
            .create(graphyn.ada, Samples.profile("Ada's"))
            .value()
            .id();
    private final AgentKey key = new AgentKey(graphyn.acme, agent);
    private final MemorySteps steps = graphyn.memorySteps(Optional.of(graphyn.embedder));

    private void say(String content) {
        record("{\"role\":\"user\",\"name\":\"Ada\",\"content\":\"" + content + "\"}", null);
    }

    private void record(String payload, @Nullable String externalId) {
        graphyn.recordEvents.record(
                graphyn.ada,
                agent,
                new EventDraft(
                        "message", new Json(payload), Instant.parse("2026-05-01T08:00:00Z"), "chat", externalId));
    }

    private void remember(MemorySteps by) {
        boolean first = true;
        while (by.step(key, first)) {
            first = false;
        }
    }

    private List<Node> nodes() {
        return graphyn.storage.nodes().page(key, ALL).items();
    }

    private MemoryState state() {
        return graphyn.memoryQueries.state(graphyn.ada, agent);
    }

    private List<SetAside> aside() {
        return graphyn.memoryQueries.setAside(graphyn.ada, agent, 0, 50).items();
    }

    private Optional<Embedding> embedding(Node node) {
        return graphyn.storage.memoryChanges().since(key, 0, graphyn.embedder.model(), 100).changed().stream()
                .filter(told -> told.node().equals(node))
                .findFirst()
                .flatMap(RememberedNode::embedding);
    }

    @Test
    void makesANodeOfAMessage() {
        record("{\"role\":\"user\",\"name\":\"Ada \\\"A\\\"\",\"content\":\"I like night trains\"}", "m-1");
        remember(steps);
        Node node = nodes().getFirst();
        assertEquals("message", node.type());
        assertEquals("I like night trains", node.content());
        assertEquals(
                "{\"role\":\"user\",\"name\":\"Ada \\\"A\\\"\"}",
                node.properties().text());
        assertEquals("chat", node.sessionId());
        assertNull(node.externalId());
        assertEquals(Instant.parse("2026-05-01T08:00:00Z"), node.occurredAt());
        assertEquals(4, node.tokens());
        assertEquals(
                graphyn.storage.events().follow(key, 0, 1).getFirst().id(),
                Objects.requireNonNull(node.source()).event());
        assertEquals("m-1", node.source().externalId());
        assertArrayEquals(
                FakeEmbedder.vector("Ada \"A\": I like night trains"),
                embedding(node).orElseThrow().passages().getFirst().vector());
    }

    @Test
    void goesPastWhatHasNothingToRemember() {
        record("{\"role\":\"assistant\",\"tool_calls\":[]}", null);
        graphyn.recordEvents.record(
                graphyn.ada, agent, new EventDraft("tool.called", new Json("{\"content\":\"no\"}"), null, null, null));
        remember(steps);
        assertEquals(List.of(), nodes());
        assertEquals(2, state().processedSeq());
        assertEquals(0, state().setAside());
    }

    @Test
    void setsAsideWhatItCantReadAndSaysWhyWithoutThePayload() {
        say("one");
        record("{\"role\":\"user\",\"content\":{\"secret\":\"4242\"}}", null);
        record("{\"role\":\"user\",\"content\":\"" + "x".repeat(1_000_001) + "\"}", null);
        say("two");
        remember(steps);
        assertEquals(2, nodes().size());
        assertEquals(4, state().processedSeq());
        assertEquals(List.of(2L, 3L), aside().stream().map(SetAside::seq).toList());
        assertEquals("/content must be a string", aside().getFirst().error());
        assertEquals(
                "/content must have at most 1000000 characters",
                aside().getLast().error());
    }

    @Test
    void setsAsideWhatBreaksTheReader() {
        MessageNodes broken = new MessageNodes(
                new Reading(payload -> {
                    throw new IllegalStateException("the payload said " + payload);
                }),
                graphyn.sensitiveData,
                new WordCounter(),
                new SequentialIds(),
                graphyn.clock);
        say("my secret");
        MemorySteps by = new MemorySteps(
                graphyn.storage.memoryBacklog(),
                graphyn.storage.events(),
                graphyn.storage.appender(),
                broken,
                new NodeEmbeddings(Optional.empty(), new SimpleMessages()),
                graphyn.linking(Optional.empty()),
                graphyn.delay,
                MemoryListener.NONE,
                graphyn.clock);
        remember(by);
        assertEquals(1, aside().size());
        assertFalse(aside().getFirst().error().contains("secret"));
    }

    @Test
    void embedsTheMaskedTextOnly() {
        say("write to ada@example.com, " + "and so on. ".repeat(150) + "or to bob@example.com");
        remember(steps);
        assertEquals(5, graphyn.embedder.given().size());
        assertTrue(graphyn.embedder.given().getFirst().startsWith("write to [EMAIL], and"));
        assertTrue(graphyn.embedder.given().getLast().endsWith("or to [EMAIL]"));
        assertTrue(graphyn.embedder.given().stream().noneMatch(text -> text.contains("example.com")));
    }

    @Test
    void embedsPartsOfADocumentWithoutWhatIsSensitiveInIt() {
        say("{ \\\"to\\\":[" + "\\\"ada@example.com\\\", ".repeat(120) + "\\\"end\\\"] }");
        remember(steps);
        assertTrue(graphyn.embedder.given().size() > 1);
        assertTrue(graphyn.embedder.given().stream()
                .noneMatch(text -> text.contains("example.com") || text.length() > 1_000));
    }

    @Test
    void findsWhatIsSensitiveInTheSourceToo() {
        record("{\"role\":\"user\",\"content\":\"hello\"}", "ada@example.com");
        remember(steps);
        Node node = nodes().getFirst();
        assertEquals(
                Kind.EMAIL, node.findings().in("/sourceExternalId").getFirst().kind());
        assertEquals(node.findings(), graphyn.sensitiveData.inNode(graphyn.acme, node));
        graphyn.manageNodes.change(
                graphyn.ada,
                agent,
                node.id(),
                draft -> new NodeDraft("message", "changed", List.of(), draft.properties(), null, null, null));
        Node seen = graphyn.nodeQueries.get(graphyn.vera, agent, node.id()).value();
        assertEquals("[EMAIL]", Objects.requireNonNull(seen.source()).externalId());
    }

    @Test
    void goesOnWithoutAModelThatIsAwayAndEmbedsLater() {
        graphyn.embedder.setAway(true);
        say("said while it was away");
        remember(steps);
        assertEquals(1, nodes().size());
        assertEquals(Optional.empty(), embedding(nodes().getFirst()));
        assertEquals("", steps.model(), "nobody asks it for a while");
        graphyn.embedder.setAway(false);
        graphyn.clock.advance(Duration.ofSeconds(10));
        assertTrue(graphyn.storage.memoryBacklog().take(key, steps.model()));
        remember(steps);
        assertTrue(embedding(nodes().getFirst()).isPresent());
        graphyn.storage.memoryBacklog().giveBack(key);
        assertFalse(graphyn.storage.memoryBacklog().take(key, steps.model()));
    }

    @Test
    void asksNoModelTwiceForWhatItDoesNotTake() {
        graphyn.embedder.refuse("gibberish");
        say("fine");
        say("gibberish");
        graphyn.manageNodes.add(graphyn.ada, agent, Samples.node("gibberish that was told"));
        remember(steps);
        assertEquals(3, nodes().size());
        for (Node node : nodes()) {
            assertEquals(
                    node.content().equals("fine") ? 1 : 0,
                    embedding(node).orElseThrow().passages().size());
        }
        assertFalse(graphyn.storage.memoryBacklog().take(key, steps.model()), "memory is complete");
    }

    @Test
    void takesAModelForAwayThatRefusesEverything() {
        graphyn.embedder.refuse("");
        say("said while its settings were wrong");
        remember(steps);
        assertEquals(Optional.empty(), embedding(nodes().getFirst()));
        assertEquals("", steps.model(), "nobody asks it for a while");
        graphyn.embedder.refuse("nothing that was said");
        graphyn.clock.advance(Duration.ofSeconds(10));
        remember(steps);
        assertEquals(1, embedding(nodes().getFirst()).orElseThrow().passages().size());
    }

    @Test
    void embedsNodesThatWereToldAndAllAfterAChangeOfModel() {
        graphyn.manageNodes.add(graphyn.ada, agent, Samples.node("told"));
        say("said");
        remember(steps);
        for (Node node : nodes()) {
            assertTrue(embedding(node).isPresent());
        }
        FakeEmbedder later = new FakeEmbedder("fake-2");
        remember(graphyn.memorySteps(Optional.of(later)));
        assertEquals(2, later.given().size());
        assertTrue(nodes().stream().allMatch(node -> embedding(node).isEmpty()));
        assertTrue(graphyn.storage.memoryChanges().since(key, 0, "fake-2", 10).changed().stream()
                .allMatch(told -> told.embedding().isPresent()));
    }

    @Test
    void takesInWithoutAModel() {
        say("said");
        remember(graphyn.memorySteps(Optional.empty()));
        assertEquals(1, nodes().size());
        assertEquals(List.of(), graphyn.embedder.given());
    }

    @Test
    void countsHowLongEventsTook() {
        say("one");
        say("two");
        graphyn.clock.advance(Duration.ofMillis(100));
        remember(steps);
        assertEquals(2, graphyn.delay.count());
        Duration median = graphyn.delay.quantile(0.5);
        assertTrue(median.toMillis() >= 100 && median.toMillis() < 120, median.toString());
    }

    @Test
    void retriesWhatWasSetAside() {
        record("{\"role\":\"user\",\"content\":[]}", null);
        say("fine");
        record("{\"role\":\"user\",\"content\":{}}", null);
        remember(steps);
        assertEquals(2, state().setAside());
        graphyn.clock.advance(Duration.ofSeconds(5));
        assertEquals(
                new RetrySetAside.Outcome(2, 2, false),
                graphyn.retrySetAside.retry(graphyn.ada, agent, OptionalLong.empty()));
        assertEquals(List.of(2, 2), aside().stream().map(SetAside::attempts).toList());
        assertEquals(graphyn.clock.instant(), aside().getFirst().at());
        RetrySetAside understanding = new RetrySetAside(
                new AgentGate(graphyn.storage.agents()),
                graphyn.storage.memory(),
                graphyn.storage.events(),
                graphyn.storage.appender(),
                new MessageNodes(
                        new Reading(payload -> Optional.of(new Message("user", null, "parts"))),
                        graphyn.sensitiveData,
                        new WordCounter(),
                        new SequentialIds(),
                        graphyn.clock),
                new AuditEntries(new SequentialIds(), graphyn.clock));
        assertEquals(
                new RetrySetAside.Outcome(1, 0, false), understanding.retry(graphyn.ada, agent, OptionalLong.of(3)));
        assertEquals(List.of(1L), aside().stream().map(SetAside::seq).toList());
        assertEquals(2, nodes().size());
        AuditEntry last = graphyn.storage.auditReader().entries(graphyn.acme).getLast();
        assertEquals(AuditAction.MEMORY_RETRIED, last.action());
        assertEquals("1", last.details().get("tried"));
        assertEquals(
                new RetrySetAside.Outcome(0, 0, false),
                graphyn.retrySetAside.retry(graphyn.ada, agent, OptionalLong.of(3)));
        assertThrows(
                Refusal.NotAllowed.class, () -> graphyn.retrySetAside.retry(graphyn.vera, agent, OptionalLong.empty()));
        assertThrows(Refusal.NotFound.class, () -> graphyn.memoryQueries.state(graphyn.stranger, agent));
        assertThrows(Refusal.NotAllowed.class, () -> graphyn.memoryQueries.state(graphyn.otto, agent));
    }

    /** Reads as it is told, and else like any other. */
    private record Reading(Function<Json, Optional<Message>> reads) implements MessageReader {
        private static final MessageReader SIMPLE = new SimpleMessages();

        @Override
        public Optional<Message> read(Json payload) {
            return reads.apply(payload);
        }

        @Override
        public Json properties(Message message) {
            return SIMPLE.properties(message);
        }

        @Override
        public Optional<String> speaker(Json properties) {
            return SIMPLE.speaker(properties);
        }
    }
}

package xyz.graphyn.application.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.UseCases;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.memory.MemorySteps;
import xyz.graphyn.application.memory.Remembering;
import xyz.graphyn.application.usage.TokenCounter;
import xyz.graphyn.application.usage.Tokenizers;
import xyz.graphyn.application.usage.UsageStore;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.recall.Context;
import xyz.graphyn.domain.recall.ContextEntry;
import xyz.graphyn.domain.recall.FoundNode;
import xyz.graphyn.domain.usage.UsageRow;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.memory.WordCounter;
import xyz.graphyn.testkit.memory.WordTokenizers;

class RecallUseCasesTest {
    private static final Instant MORNING = Instant.parse("2026-05-04T08:00:00Z");

    private final UseCases graphyn = new UseCases();
    private final AgentId agent = graphyn.manageAgents
            .create(graphyn.ada, Samples.profile("Ada's"))
            .value()
            .id();
    private final AgentKey key = new AgentKey(graphyn.acme, agent);
    private final MemorySteps steps = graphyn.memorySteps(Optional.empty());
    private int said;

    private long say(String session, String content) {
        return graphyn.recordEvents
                .record(
                        graphyn.ada,
                        agent,
                        new EventDraft(
                                "message",
                                new Json("{\"role\":\"user\",\"content\":\"" + content + "\"}"),
                                MORNING.plusSeconds(said++),
                                session,
                                null))
                .event()
                .value()
                .seq();
    }

    private void remember() {
        Remembering.all(steps, key);
    }

    private static SearchRequest search(String query, int limit, @Nullable Long minSeq) {
        return new SearchRequest(query, limit, List.of(), null, null, null, null, minSeq);
    }

    private List<String> found(Caller caller, String query, int limit) {
        return graphyn.searchMemory.search(caller, agent, search(query, limit, null)).value().stream()
                .map(found -> found.node().content())
                .toList();
    }

    private static ContextRequest context(String query, int budget, @Nullable String session, int recent) {
        return new ContextRequest(
                query, budget, null, session, List.of(), List.of(), List.of(), recent, null, null, null, null);
    }

    private Context assemble(Caller caller, ContextRequest request) {
        return graphyn.assembleContext.assemble(caller, agent, request).value();
    }

    private static List<String> contents(Context context) {
        return context.entries().stream()
                .map(ContextEntry::node)
                .map(node -> node.content())
                .toList();
    }

    private AuditEntry lastEntry() {
        return graphyn.storage.auditReader().entries(graphyn.acme).getLast();
    }

    @Test
    void findsTheBestFirstAndSaysWhy() {
        say("a", "the garden needs water");
        say("a", "the night train to Palermo leaves at ten");
        say("a", "a train is late");
        remember();
        List<FoundNode> found = graphyn.searchMemory
                .search(graphyn.ada, agent, search("night train", 2, null))
                .value();
        assertEquals(2, found.size());
        assertEquals(
                "the night train to Palermo leaves at ten",
                found.getFirst().node().content());
        assertEquals(List.of("night", "train"), found.getFirst().terms());
        assertTrue(found.getFirst().score() > found.getLast().score());
    }

    @Test
    void searchesAndShowsNoMoreThanTheCallerMaySee() {
        say("a", "write to ada@example.com about trains");
        say("a", "trains are fine");
        remember();
        assertEquals(
                List.of("write to [EMAIL] about trains", "trains are fine"), found(graphyn.vera, "write trains", 10));
        assertEquals(
                "write to ada@example.com about trains",
                found(graphyn.ada, "example", 10).getFirst());
        assertEquals(
                "trains are fine",
                found(graphyn.vera, "example", 10).getFirst(),
                "the latest: what is hidden can't be searched for");
        assertEquals(AuditAction.DATA_DISCLOSED, lastEntry().action());
        assertEquals("2", lastEntry().details().get("found"));
    }

    @Test
    void refusesThoseWhoMayNotRead() {
        SearchRequest anything = search("anything", 5, null);
        assertThrows(Refusal.NotFound.class, () -> graphyn.searchMemory.search(graphyn.stranger, agent, anything));
        assertThrows(Refusal.NotAllowed.class, () -> graphyn.searchMemory.search(graphyn.otto, agent, anything));
        assertThrows(
                Refusal.NotFound.class,
                () -> graphyn.assembleContext.assemble(graphyn.stranger, agent, context("anything", 50, null, 0)));
        assertThrows(
                Refusal.NotAllowed.class,
                () -> graphyn.assembleContext.assemble(graphyn.otto, agent, context("anything", 50, null, 0)));
    }

    @Test
    void isWokenWhenMemoryHasTakenInWhatItWaitsFor() throws Exception {
        long seq = say("a", "said just now");
        CompletableFuture<List<FoundNode>> waiting = CompletableFuture.supplyAsync(() -> graphyn.searchMemory
                .search(graphyn.ada, agent, search("said", 5, seq))
                .value());
        remember();
        assertEquals(
                "said just now",
                waiting.get(30, TimeUnit.SECONDS).getFirst().node().content());
    }

    @Test
    void waitsForNoEventThatIsNotThere() {
        long seq = say("a", "the only one");
        remember();
        Refusal.Ahead ahead = assertThrows(
                Refusal.Ahead.class, () -> graphyn.searchMemory.search(graphyn.ada, agent, search("one", 5, seq + 1)));
        assertEquals("The agent's last event has the seq " + seq + ".", ahead.getMessage());
    }

    @Test
    void doesNotWaitLongForMemoryThatIsBehind() {
        long seq = say("a", "nobody takes it in");
        Refusal.Unavailable late = assertThrows(
                Refusal.Unavailable.class,
                () -> graphyn.searchMemory.search(graphyn.ada, agent, search("one", 5, seq)));
        assertEquals("Memory has taken in events up to the seq 0 only.", late.getMessage());
    }

    @Test
    void staysWithinTheBudgetAndTellsWhatThatSaves() {
        for (int i = 0; i < 40; i++) {
            say("s" + i / 10, "message number " + i + " about " + (i % 10 == 3 ? "trains" : "gardens"));
        }
        remember();
        Context context = assemble(graphyn.ada, context("trains", 40, null, 0));
        assertTrue(context.usage().contextTokens() <= 40);
        assertEquals(new WordCounter().count(context.text()), context.usage().contextTokens());
        assertEquals(40 * 5, context.usage().baselineTokens());
        assertEquals(20 * 5, context.usage().windowTokens());
        assertTrue(
                contents(context).stream()
                                .filter(text -> text.endsWith("trains"))
                                .count()
                        == 4,
                context.text());
        List<Instant> times = context.entries().stream()
                .map(entry -> entry.node().occurredAt())
                .toList();
        assertEquals(times.stream().sorted().toList(), times, "in the order of time");
        assertEquals(
                context.text(),
                assemble(graphyn.ada, context("trains", 40, null, 0)).text());
    }

    @Test
    void takesNothingWhereNothingFitsOrThereIsNothing() {
        assertEquals("", assemble(graphyn.ada, context("anything", 10, null, 0)).text());
        say("a", "far more words than a budget of one has room for");
        remember();
        Context context = assemble(graphyn.ada, context("words", 1, null, 0));
        assertEquals(List.of(), context.entries());
        assertTrue(context.usage().contextTokens() <= 1);
    }

    @Test
    void keepsToTheSessionAndTheLatestMessages() {
        say("one", "trains in the first session");
        say("two", "trains in the second session");
        say("two", "and something else");
        remember();
        Context context = assemble(graphyn.ada, context("trains", 500, "two", 1));
        assertEquals(List.of("trains in the second session", "and something else"), contents(context));
        assertEquals(9 - 1, context.usage().baselineTokens());
        assertTrue(contents(assemble(graphyn.ada, context("first session", 12, null, 1)))
                .contains("and something else"));
    }

    @Test
    void looksBehindLatestMessagesThatAreLeftOut() {
        say("kept", "the latest that counts");
        for (int i = 0; i < 5; i++) {
            say("left out", "something else " + i);
        }
        remember();
        ContextRequest request = new ContextRequest(
                "nothing", 500, null, null, List.of(), List.of("left out"), List.of(), 1, null, null, null, null);
        assertEquals(List.of("the latest that counts"), contents(assemble(graphyn.ada, request)));
    }

    @Test
    void showsTheBestPartOfALatestMessageThatIsTooLargeAsAWhole() {
        say("a", "The garden needs water. ".repeat(40) + "The train leaves at ten. " + "The roof leaks. ".repeat(40));
        remember();
        Context context = assemble(graphyn.ada, context("when does the train leave", 120, null, 5));
        assertEquals(1, context.entries().size(), context.text());
        assertTrue(context.entries().getFirst().excerpt());
    }

    @Test
    void putsNothingHiddenIntoAContext() {
        say("a", "write to ada@example.com about trains");
        remember();
        Context context = assemble(graphyn.vera, context("trains", 100, null, 1));
        assertFalse(context.text().contains("example.com"), context.text());
        assertTrue(context.text().contains("[EMAIL]"));
        assertEquals(AuditAction.DATA_DISCLOSED, lastEntry().action());
        assertEquals("1", lastEntry().details().get("context"));
    }

    @Test
    void loadsNoMoreThanHasRoom() {
        for (int i = 0; i < 10; i++) {
            graphyn.manageNodes.add(
                    graphyn.ada,
                    agent,
                    new NodeDraft("fact", "train ".repeat(160_000) + i, List.of(), Json.EMPTY, MORNING, null, null));
        }
        Context context = assemble(graphyn.ada, context("train", ContextRequest.MAX_BUDGET, null, 0));
        assertEquals(8, context.entries().size());
    }

    @Test
    void metersTheContextBeforeItIsAnswered() {
        say("a", "about trains");
        remember();
        Context context = assemble(graphyn.ada, context("trains", 100, "a", 0));
        UsageRow.Assembled row = graphyn.storage
                .usage()
                .context(key, assertNotNullValue(context.metered()))
                .orElseThrow();
        assertEquals(context.usage(), row.usage());
        assertEquals("a", row.origin().session());
        assertEquals("ada", row.origin().subject());
    }

    private static <T> T assertNotNullValue(@Nullable T value) {
        assertNotNull(value);
        return value;
    }

    @Test
    void answersWithoutTheRowOfAMeterThatIsSlowOrFails() {
        say("a", "about trains");
        remember();
        CompletableFuture<Object> never = new CompletableFuture<>();
        CompletableFuture<Object> failed = CompletableFuture.failedFuture(new IllegalStateException("no room"));
        for (CompletableFuture<Object> outcome : List.of(never, failed)) {
            Context context = graphyn.assembleContext(writing(outcome), new WordTokenizers())
                    .assemble(graphyn.ada, agent, context("trains", 100, null, 0))
                    .value();
            assertTrue(context.text().contains("about trains"));
            assertNull(context.metered());
        }
    }

    private static UsageStore writing(CompletableFuture<Object> outcome) {
        return (UsageStore) Proxy.newProxyInstance(
                UsageStore.class.getClassLoader(), new Class<?>[] {UsageStore.class}, (proxy, method, arguments) -> {
                    assertEquals("write", method.getName());
                    return outcome;
                });
    }

    @Test
    void countsAndPacksOnThreadsThatAreThereForIt() throws Exception {
        say("a", "about trains");
        remember();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        AssembleContext noting = graphyn.assembleContext(graphyn.storage.usage(), new Noting(threads));
        Thread request =
                Thread.ofVirtual().start(() -> noting.assemble(graphyn.ada, agent, context("trains", 100, null, 0)));
        request.join();
        assertEquals(Set.of("compute-0"), threads);
    }

    /** Counts words, and notes where. */
    private record Noting(Set<String> threads) implements Tokenizers, TokenCounter {
        @Override
        public TokenCounter usual() {
            return this;
        }

        @Override
        public TokenCounter of(String model) {
            return this;
        }

        @Override
        public String tokenizer() {
            return "words";
        }

        @Override
        public boolean isMeasured() {
            return false;
        }

        @Override
        public int count(String text) {
            threads.add(Thread.currentThread().getName());
            return new WordCounter().count(text);
        }
    }
}

package xyz.graphyn.adapter.recall.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xyz.graphyn.adapter.recall.index.RecallIndexContract.fact;
import static xyz.graphyn.adapter.recall.index.RecallIndexContract.id;
import static xyz.graphyn.adapter.recall.index.RecallIndexContract.query;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import xyz.graphyn.adapter.recall.message.JacksonMessageReader;
import xyz.graphyn.adapter.recall.work.Workers;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.memory.MemoryChanges;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.domain.memory.Span;

class OpenMemoriesTest {
    private static final AgentKey FIRST = agent(1);
    private static final AgentKey SECOND = agent(2);

    private final GivenChanges changes = new GivenChanges();

    private static AgentKey agent(int number) {
        return new AgentKey(new OrganizationId(new UUID(0, 1)), new AgentId(new UUID(0, number)));
    }

    private LuceneRecallIndex index(MemoryChanges from, long bytes) {
        return new LuceneRecallIndex(from, new JacksonMessageReader(), Optional.empty(), bytes, 1, 10);
    }

    @Test
    void closesWhatWasUsedLeastRecentlyAndOpensItAgain() {
        changes.put(FIRST, fact(1, "The first."));
        changes.put(SECOND, fact(2, "The second."));
        long one = bytesOf(FIRST);
        changes.reads.set(0);
        try (LuceneRecallIndex index = index(changes, one + one / 2)) {
            index.search(FIRST, query("first"));
            assertEquals(1, index.open());
            index.search(SECOND, query("second"));
            assertEquals(1, index.open());
            assertEquals(2, changes.reads.get());

            assertEquals(
                    id(1), index.search(FIRST, query("first")).hits().getFirst().node());
            assertEquals(3, changes.reads.get());
        }
    }

    private long bytesOf(AgentKey agent) {
        try (LuceneRecallIndex roomy = index(changes, 64 << 20)) {
            roomy.search(agent, query("anything"));
            return roomy.bytes();
        }
    }

    @Test
    void leavesTheVectorsOutOfAMemoryThatIsTooLargeWithThem() {
        Node node = fact(1, "The first of all.");
        changes.put(FIRST, node);
        long words = bytesOf(FIRST);
        List<Embedding.Passage> passages = IntStream.range(0, 300)
                .mapToObj(i -> new Embedding.Passage(new Span(0, 3), new byte[1_000]))
                .toList();
        changes.put(FIRST, new RememberedNode(node, Optional.of(new Embedding("some", passages))));
        assertTrue(bytesOf(FIRST) > words + 300_000);
        try (LuceneRecallIndex index = index(changes, words + 200_000)) {
            assertEquals(
                    id(1), index.search(FIRST, query("first")).hits().getFirst().node());
            assertTrue(index.bytes() < words + 100_000, index.bytes() + " bytes");
        }
    }

    @Test
    void refusesAMemoryThatIsTooLargeAndDoesNotReadItAgain() {
        changes.put(FIRST, fact(1, "The first."));
        changes.put(SECOND, fact(2, "The second."));
        long tooSmall = bytesOf(FIRST) / 4;
        changes.reads.set(0);
        try (LuceneRecallIndex index = index(changes, tooSmall)) {
            Refusal.Unavailable refused =
                    assertThrows(Refusal.Unavailable.class, () -> index.search(FIRST, query("first")));
            assertEquals("The agent's memory is larger than this server may hold.", refused.getMessage());
            assertThrows(Refusal.Unavailable.class, () -> index.search(FIRST, query("first")));
            assertEquals(1, changes.reads.get());
            assertEquals(0, index.bytes(), "nothing of it is kept");
        }
    }

    @Test
    void keepsWhatHasRoom() {
        changes.put(FIRST, fact(1, "The first."));
        changes.put(SECOND, fact(2, "The second."));
        try (LuceneRecallIndex index = index(changes, 64 << 20)) {
            index.search(FIRST, query("first"));
            index.search(SECOND, query("second"));
            index.search(FIRST, query("first"));
            assertEquals(2, index.open());
            assertEquals(2, changes.reads.get());
            assertTrue(index.bytes() > 0 && index.bytes() < 4 << 20, index.bytes() + " bytes");
        }
    }

    @Test
    void forgetsAnAgentThatIsGone() {
        changes.put(FIRST, fact(1, "The first."));
        try (LuceneRecallIndex index = index(changes, 64 << 20)) {
            index.search(FIRST, query("first"));
            changes.removeAgent(FIRST);
            assertThrows(Refusal.NotFound.class, () -> index.search(FIRST, query("first")));
            assertEquals(0, index.open());
        }
    }

    @Test
    void startsOverWhenTheDatabaseWentBack() {
        changes.put(FIRST, fact(1, "Before the restore."));
        changes.put(FIRST, fact(2, "Lost by the restore."));
        try (LuceneRecallIndex index = index(changes, 64 << 20)) {
            assertEquals(2, index.search(FIRST, query("restore")).hits().size());
            changes.removeAgent(FIRST);
            changes.put(FIRST, fact(1, "Before the restore."));

            assertEquals(1, index.search(FIRST, query("restore")).hits().size());
        }
    }

    @Test
    void refusesWhenTooManyWait() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        try (Workers workers = new Workers("test", 1, 1, "Too many wait.")) {
            Future<Boolean> working = workers.start(() -> {
                begun.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return true;
            });
            begun.await();
            Future<Boolean> waiting = workers.start(() -> true);

            Refusal.Unavailable refused = assertThrows(Refusal.Unavailable.class, () -> workers.run(() -> true));
            assertEquals("Too many wait.", refused.getMessage());
            released.countDown();
            assertTrue(workers.await(working) && workers.await(waiting));
        }
    }

    @Test
    void sharesPartsWithThreadsThatHaveNothingToDo() {
        try (Workers workers = new Workers("test", 2, 10, "Too many wait.")) {
            CountDownLatch both = new CountDownLatch(2);
            Set<Thread> threads = ConcurrentHashMap.newKeySet();
            boolean done = workers.run(() -> {
                workers.share(2, part -> {
                    both.countDown();
                    threads.add(Thread.currentThread());
                    try {
                        assertTrue(both.await(30, TimeUnit.SECONDS), "the other part is computed at the same time");
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
                return true;
            });
            assertTrue(done);
            assertEquals(2, threads.size());
        }
    }

    @Test
    void sharesPartsAlsoWhereNobodyElseIsFreeAndTellsWhatWentWrong() {
        try (Workers workers = new Workers("test", 1, 10, "Too many wait.")) {
            AtomicInteger done = new AtomicInteger();
            IllegalStateException told = assertThrows(
                    IllegalStateException.class,
                    () -> workers.run(() -> {
                        workers.share(5, part -> {
                            done.incrementAndGet();
                            if (part == 2) {
                                throw new IllegalStateException("the third");
                            }
                        });
                        return true;
                    }));
            assertEquals("the third", told.getMessage());
            assertEquals(5, done.get(), "the others are computed all the same");
        }
    }

    @Test
    void leavesAMemoryAsItWasWhenChangesCantBeRead() {
        changes.put(FIRST, fact(1, "The first."));
        MemoryChanges failing = new MemoryChanges() {
            private boolean failed;

            @Override
            public OptionalLong version(AgentKey agent) {
                return changes.version(agent);
            }

            @Override
            public Changes since(AgentKey agent, long version, String model, int limit) {
                if (!failed) {
                    failed = true;
                    throw new Refusal.Unavailable("Away.", java.time.Duration.ofSeconds(1));
                }
                return changes.since(agent, version, model, limit);
            }
        };
        try (LuceneRecallIndex index = index(failing, 64 << 20)) {
            assertThrows(Refusal.Unavailable.class, () -> index.search(FIRST, query("first")));
            assertEquals(
                    List.of(id(1)),
                    index.search(FIRST, query("first")).hits().stream()
                            .map(hit -> hit.node())
                            .toList());
        }
    }
}

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
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import xyz.graphyn.adapter.recall.message.JacksonMessageReader;
import xyz.graphyn.adapter.recall.work.Workers;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.memory.MemoryChanges;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;

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
        try (LuceneRecallIndex index = index(changes, 1)) {
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
        try (Workers workers = new Workers("test", 1, 1, "Too many wait.");
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
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

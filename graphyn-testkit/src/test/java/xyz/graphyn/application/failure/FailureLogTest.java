package xyz.graphyn.application.failure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.failure.Failure.Kind;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.access.Role;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.SequentialIds;
import xyz.graphyn.testkit.TestClock;
import xyz.graphyn.testkit.failure.InMemoryFailureStore;

@Timeout(60)
class FailureLogTest {
    private static final OrganizationId ACME = new OrganizationId(new UUID(0x7000, 1));
    private static final AgentId AGENT = new AgentId(new UUID(0x7000, 2));

    private final SequentialIds ids = new SequentialIds();
    private final TestClock clock = new TestClock();
    private final InMemoryFailureStore store = new InMemoryFailureStore();
    private final FailureLog log = FailureLog.start(store, "s1", ids, clock);

    @AfterEach
    void close() {
        log.close();
    }

    private static Failure slow(@Nullable String client) {
        return new Failure(Kind.SLOW_CLIENT, ACME, AGENT, client, 7L, "It was slow.");
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "it came to nothing within 30 s");
            Thread.onSpinWait();
        }
    }

    private long counted() {
        return store.all().stream().mapToLong(FailureNote::count).sum();
    }

    @Test
    void writesWithinASecondOrSo() {
        log.record(slow("ada"));
        await(() -> !store.all().isEmpty());
        FailureNote note = store.all().getFirst();
        assertEquals(slow("ada"), note.failure());
        assertEquals(clock.instant(), note.at());
        assertEquals(clock.instant(), note.lastAt());
        assertEquals(1, note.count());
        assertEquals("s1", note.server());
    }

    @Test
    void writesWhatIsLeftWhenItCloses() {
        log.record(slow("ada"));
        log.close();
        assertEquals(1, store.all().size());
    }

    @Test
    void mergesEqualFailuresAndKeepsTheFirst() {
        store.leave();
        Instant first = clock.instant();
        log.record(slow("ada"));
        clock.advance(Duration.ofMillis(300));
        log.record(new Failure(Kind.SLOW_CLIENT, ACME, AGENT, "ada", 9L, "Again."));
        log.record(slow("grace"));
        log.record(new Failure(Kind.SLOW_CLIENT, null, AGENT, "ada", 7L, "Of nobody."));
        log.record(new Failure(Kind.DELIVERY, ACME, AGENT, "ada", 7L, "Of another kind."));
        store.comeBack();
        log.close();
        assertEquals(4, store.all().size());
        FailureNote merged = store.all().stream()
                .filter(note -> note.count() > 1)
                .findFirst()
                .orElseThrow();
        assertEquals(slow("ada"), merged.failure());
        assertEquals(2, merged.count());
        assertEquals(first, merged.at());
        assertEquals(first.plusMillis(300), merged.lastAt());
    }

    @Test
    void keepsTheMinutesOfAnOutageApart() {
        store.leave();
        for (int minute = 0; minute < 3; minute++) {
            log.record(slow("ada"));
            clock.advance(Duration.ofMinutes(1));
        }
        store.comeBack();
        log.close();
        assertEquals(3, store.all().size());
    }

    @Test
    void countsEachOnceFromManyThreads() {
        Concurrently.run(8, thread -> {
            for (int i = 0; i < 1_000; i++) {
                log.record(slow("client " + i % 10));
            }
            return thread;
        });
        log.close();
        assertEquals(8_000, counted());
    }

    @Test
    void waitsForAStoreThatIsAwayWithinItsRoom() {
        store.leave();
        int surplus = 500;
        for (int i = 0; i < FailureLog.ROOM + surplus; i++) {
            log.record(slow("client " + i));
        }
        log.record(slow("client 0"));
        store.comeBack();
        await(() -> counted() == FailureLog.ROOM + surplus + 1);
        List<FailureNote> notes = store.all();
        assertEquals(FailureLog.ROOM + 1, notes.size());
        FailureNote counted = notes.stream()
                .filter(note -> note.failure().kind() == Kind.NOT_NOTED)
                .findFirst()
                .orElseThrow();
        assertEquals(surplus, counted.count());
        assertEquals(null, counted.failure().organization(), "it may be of several");
    }

    @Test
    void triesAgainWhatTheStoreRefusedOnce() {
        store.refuse(1);
        log.record(slow("ada"));
        await(() -> counted() == 1);
        assertEquals(slow("ada"), store.all().getFirst().failure());
    }

    @Test
    void givesUpABatchThatTheStoreCantKeepAndSaysSo() {
        store.refuse(3);
        log.record(slow("ada"));
        clock.advance(Duration.ofMillis(1));
        log.record(slow("ada"));
        await(() -> counted() == 2);
        store.all().forEach(lost -> assertEquals(Kind.NOT_NOTED, lost.failure().kind()));
        log.record(slow("grace"));
        await(() -> counted() == 3);
    }

    @Test
    void cutsAndCleansWhatOthersSent() {
        log.record(new Failure(
                Kind.DELIVERY, ACME, null, "🦄".repeat(300), null, "one\ntwo\0\u001b[31m\ud800" + "x".repeat(600)));
        log.close();
        Failure kept = store.all().getFirst().failure();
        assertEquals("🦄".repeat(200), kept.client());
        assertTrue(kept.detail().startsWith("one two  [31m x"), kept::detail);
        assertEquals(500, kept.detail().length());
    }

    @Test
    void showsFailuresToAdminsOnly() {
        log.record(slow("ada"));
        log.close();
        FailureQueries queries = new FailureQueries(store, clock);
        FailureQuery all = new FailureQuery(null, null, null, null, null, 50);
        for (Role role : Role.values()) {
            Caller caller = new Caller(Samples.principal(ACME, "somebody", role), "request-1");
            if (role == Role.ADMIN) {
                assertEquals(1, queries.list(caller, all).items().size());
            } else {
                assertThrows(Refusal.NotAllowed.class, () -> queries.list(caller, all));
            }
        }
    }
}

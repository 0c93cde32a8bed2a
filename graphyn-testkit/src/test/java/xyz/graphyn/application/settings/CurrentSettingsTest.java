package xyz.graphyn.application.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.access.OrganizationId;

class CurrentSettingsTest {
    private static final OrganizationId ACME = new OrganizationId(new UUID(0, 1));

    private final AtomicLong now = new AtomicLong(-5);
    private final FakeStore store = new FakeStore();
    private final CurrentSettings<Integer> current = new CurrentSettings<>(store::read, now::get);

    /** Settings are numbers here, and 0 what holds where nothing was decided. */
    private static final class FakeStore {
        final Map<OrganizationId, Integer> settings = new ConcurrentHashMap<>();
        final AtomicInteger reads = new AtomicInteger();
        volatile boolean away;
        volatile Runnable whileReading = () -> {};

        int read(OrganizationId organization) {
            reads.incrementAndGet();
            int found = settings.getOrDefault(organization, 0);
            whileReading.run();
            if (away) {
                throw new Refusal.Unavailable("The store is away.", Duration.ofSeconds(1));
            }
            return found;
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void isTheDefaultWhereNothingWasDecided() {
        assertEquals(0, current.of(ACME));
    }

    @Test
    void readsOnceInAWhile() {
        store.settings.put(ACME, 1);
        current.of(ACME);
        store.settings.put(ACME, 2);
        pass(CurrentSettings.FRESH.minusNanos(1));
        assertEquals(1, current.of(ACME));
        assertEquals(1, store.reads.get());
        pass(Duration.ofNanos(1));
        assertEquals(2, current.of(ACME));
    }

    @Test
    void seesAChangeOfThisServerAtOnce() {
        current.of(ACME);
        store.settings.put(ACME, 1);
        current.changed(ACME);
        assertEquals(1, current.of(ACME));
    }

    @Test
    void isNotFooledByAReadingThatBeganBeforeTheChange() {
        store.whileReading = () -> {
            store.whileReading = () -> {};
            store.settings.put(ACME, 1);
            current.changed(ACME);
        };
        assertEquals(0, current.of(ACME));
        assertEquals(1, current.of(ACME));
    }

    @Test
    void bridgesAMomentWithoutTheStoreAndThenRefuses() {
        store.settings.put(ACME, 1);
        current.of(ACME);
        store.away = true;
        pass(CurrentSettings.OLDEST.minusNanos(1));
        assertEquals(1, current.of(ACME));
        pass(Duration.ofNanos(1));
        assertThrows(Refusal.Unavailable.class, () -> current.of(ACME));
        assertThrows(
                Refusal.Unavailable.class, () -> current.of(new OrganizationId(new UUID(0, 2))), "never a default");
        store.away = false;
        assertEquals(1, current.of(ACME));
    }

    @Test
    void refusesWhatTookTooLongToRead() {
        store.whileReading = () -> pass(CurrentSettings.OLDEST);
        assertThrows(Refusal.Unavailable.class, () -> current.of(ACME));
    }

    @Test
    void readsOnceForAllWhoComeAtATime() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        store.whileReading = () -> {
            reading.countDown();
            try {
                go.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        };
        store.settings.put(ACME, 1);
        List<Thread> threads = new ArrayList<>();
        try (ExecutorService executor =
                Executors.newThreadPerTaskExecutor(task -> remembered(threads, new Thread(task)))) {
            List<Future<Integer>> answers = new ArrayList<>();
            answers.add(executor.submit(() -> current.of(ACME)));
            reading.await(10, TimeUnit.SECONDS);
            for (int i = 0; i < 20; i++) {
                answers.add(executor.submit(() -> current.of(ACME)));
            }
            while (threads.stream()
                    .anyMatch(thread -> thread.getState() != Thread.State.WAITING
                            && thread.getState() != Thread.State.TIMED_WAITING)) {
                Thread.onSpinWait();
            }
            go.countDown();
            for (Future<Integer> answer : answers) {
                assertEquals(1, answer.get(10, TimeUnit.SECONDS));
            }
        }
        assertEquals(1, store.reads.get());
    }

    private static Thread remembered(List<Thread> threads, Thread thread) {
        threads.add(thread);
        return thread;
    }

    @Test
    void remembersNoMoreOrganizationsThanItMay() {
        for (int i = 0; i <= CurrentSettings.MOST; i++) {
            current.of(new OrganizationId(new UUID(1, i)));
        }
        int before = store.reads.get();
        current.of(new OrganizationId(new UUID(1, 0)));
        assertEquals(before + 1, store.reads.get());
        assertEquals(Set.of(), store.settings.keySet());
    }
}

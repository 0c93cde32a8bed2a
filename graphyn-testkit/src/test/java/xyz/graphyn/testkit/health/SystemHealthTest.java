package xyz.graphyn.testkit.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xyz.graphyn.application.health.Dependency;
import xyz.graphyn.application.health.Dependency.Status;
import xyz.graphyn.application.health.SystemHealth;
import xyz.graphyn.application.health.SystemHealth.Overall;
import xyz.graphyn.application.health.SystemHealth.Report;
import xyz.graphyn.testkit.Concurrently;

@Timeout(30)
class SystemHealthTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private final FakeDependency database = FakeDependency.required("database");
    private final FakeDependency cache = FakeDependency.optional("cache");
    private final SystemHealth health = new SystemHealth(List.of(database, cache), LONG);

    @Test
    void isUpWhenEverythingIs() {
        Report report = health.check();
        assertEquals(Overall.UP, report.overall());
        assertTrue(report.ready());
        assertEquals(
                List.of("database", "cache"),
                report.findings().stream().map(SystemHealth.Finding::name).toList());
    }

    @Test
    void isDegradedButReadyWithoutSomethingOptional() {
        cache.goDown("gone");
        Report report = health.check();
        assertEquals(Overall.DEGRADED, report.overall());
        assertTrue(report.ready());
        assertEquals(
                new SystemHealth.Finding("cache", false, new Status.Down(Duration.ZERO, "gone")),
                report.findings().get(1));
    }

    @Test
    void isDownAndNotReadyWithoutSomethingRequired() {
        database.goDown("gone");
        Report report = health.check();
        assertEquals(Overall.DOWN, report.overall());
        assertFalse(report.ready());
    }

    @Test
    void isDownWhenBothAreAwayWhateverTheirOrder() {
        database.goDown("gone");
        cache.goDown("gone");
        assertEquals(Overall.DOWN, health.check().overall());
        assertEquals(
                Overall.DOWN,
                new SystemHealth(List.of(cache, database), LONG).check().overall());
    }

    @Test
    void looksAgainEachTime() {
        database.goDown("gone");
        assertEquals(Overall.DOWN, health.check().overall());
        database.comeUp();
        assertEquals(Overall.UP, health.check().overall());
    }

    @Test
    void asksAllDependenciesSideBySide() {
        CyclicBarrier together = new CyclicBarrier(3);
        Supplier<Status> meeting = () -> {
            try {
                together.await();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return new Status.Up(Duration.ZERO);
        };
        SystemHealth three = new SystemHealth(
                List.of(new Probe("a", meeting), new Probe("b", meeting), new Probe("c", meeting)), LONG);
        assertEquals(Overall.UP, three.check().overall());
    }

    @Test
    void waitsForNothingBeyondItsDeadline() {
        CountDownLatch never = new CountDownLatch(1);
        Supplier<Status> hanging = () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Status.Up(Duration.ZERO);
        };
        SystemHealth stuck = new SystemHealth(List.of(new Probe("stuck", hanging), cache), Duration.ofMillis(50));
        Report report = stuck.check();
        assertEquals(Overall.DOWN, report.overall());
        Status.Down down =
                assertInstanceOf(Status.Down.class, report.findings().getFirst().status());
        assertEquals("no answer within 50 ms", down.reason());
        assertInstanceOf(Status.Up.class, report.findings().get(1).status());
    }

    @Test
    void takesAFaultyProbeForADependencyThatIsDown() {
        SystemHealth faulty = new SystemHealth(
                List.of(new Probe("faulty", () -> {
                    throw new IllegalStateException("password=hunter2");
                })),
                LONG);
        Status.Down down = assertInstanceOf(
                Status.Down.class, faulty.check().findings().getFirst().status());
        assertEquals("the check itself failed: IllegalStateException", down.reason());
    }

    @Test
    void isUpWithNothingToLeanOn() {
        assertEquals(Overall.UP, new SystemHealth(List.of(), LONG).check().overall());
    }

    @Test
    void refusesTheSameNameTwice() {
        List<Dependency> twins = List.of(FakeDependency.required("a"), FakeDependency.optional("a"));
        assertThrows(IllegalArgumentException.class, () -> new SystemHealth(twins, LONG));
    }

    @Test
    void refusesADeadlineThatIsNotPositive() {
        assertThrows(IllegalArgumentException.class, () -> new SystemHealth(List.of(), Duration.ZERO));
    }

    @Test
    void asksOnceForAllWhoAskWhileTheReportIsYoung() {
        AtomicInteger asked = new AtomicInteger();
        Probe counting = new Probe("counting", () -> {
            asked.incrementAndGet();
            return new Status.Up(Duration.ZERO);
        });
        SystemHealth calm = new SystemHealth(List.of(counting), LONG, LONG);
        Set<Report> reports = new HashSet<>(Concurrently.run(200, i -> calm.check()));
        assertEquals(1, asked.get());
        assertEquals(1, reports.size());
    }

    private record Probe(String name, Supplier<Status> answer) implements Dependency {
        @Override
        public boolean required() {
            return true;
        }

        @Override
        public Status check() {
            return answer.get();
        }
    }
}

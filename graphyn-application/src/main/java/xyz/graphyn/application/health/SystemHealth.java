package xyz.graphyn.application.health;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.health.Dependency.Status;

/** Checks every dependency side by side and says what that means for the whole. */
public final class SystemHealth {
    private final List<Dependency> dependencies;
    private final Duration deadline;
    private final Duration kept;
    private final ReentrantLock checking = new ReentrantLock();
    private volatile @Nullable Checked latest;

    private record Checked(Report report, long nanoTime) {}

    /** Watches these dependencies, and asks them each time. */
    public SystemHealth(List<Dependency> dependencies, Duration deadline) {
        this(dependencies, deadline, Duration.ZERO);
    }

    /**
     * Watches these dependencies.
     *
     * @param dependencies in the order in which they are reported; no name twice
     * @param deadline how long one {@link #check} may take, however many dependencies hang; positive
     * @param kept how long a report is given to those who ask after it was made, so that nobody can wear the dependencies
     *     out by asking; zero for not at all
     */
    public SystemHealth(List<Dependency> dependencies, Duration deadline, Duration kept) {
        if (!deadline.isPositive() || kept.isNegative()) {
            throw new IllegalArgumentException("A deadline must be positive, and a report can't be kept less than not");
        }
        Set<String> names = new HashSet<>();
        for (Dependency dependency : dependencies) {
            if (!names.add(dependency.name())) {
                throw new IllegalArgumentException("Two dependencies are called " + dependency.name());
            }
        }
        this.dependencies = List.copyOf(dependencies);
        this.deadline = deadline;
        this.kept = kept;
    }

    /** The verdict over all dependencies. */
    public enum Overall {
        /** Everything works. */
        UP,
        /** Something that the system can do without is away. */
        DEGRADED,
        /** Something required is away. */
        DOWN
    }

    /** What was found about one dependency. */
    public record Finding(String name, boolean required, Status status) {}

    /**
     * What was found about all of them.
     *
     * @param findings one for each dependency, in their order
     */
    public record Report(Overall overall, List<Finding> findings) {
        public Report {
            findings = List.copyOf(findings);
        }

        /** Whether requests should be sent here. */
        public boolean ready() {
            return switch (overall) {
                case UP, DEGRADED -> true;
                case DOWN -> false;
            };
        }
    }

    /**
     * The latest report if it is young enough; otherwise asks every dependency, once for all who ask at the same time. Takes
     * as long as the slowest one, at most the deadline; a dependency that hasn't answered by then is down. Interrupted, it
     * reports what is still open as down and keeps the interrupt.
     */
    public Report check() {
        return young().orElseGet(() -> {
            checking.lock();
            try {
                return young().orElseGet(() -> {
                    Report report = ask();
                    latest = new Checked(report, System.nanoTime());
                    return report;
                });
            } finally {
                checking.unlock();
            }
        });
    }

    private Optional<Report> young() {
        return Optional.ofNullable(latest)
                .filter(checked -> System.nanoTime() - checked.nanoTime() < kept.toNanos())
                .map(Checked::report);
    }

    private Report ask() {
        long started = System.nanoTime();
        List<FutureTask<Status>> checks = new ArrayList<>(dependencies.size());
        for (Dependency dependency : dependencies) {
            FutureTask<Status> check = new FutureTask<>(dependency::check);
            checks.add(check);
            Thread.ofVirtual().name("health-" + dependency.name()).start(check);
        }
        List<Finding> findings = new ArrayList<>(dependencies.size());
        for (int i = 0; i < dependencies.size(); i++) {
            Dependency dependency = dependencies.get(i);
            findings.add(new Finding(dependency.name(), dependency.required(), await(checks.get(i), started)));
        }
        return new Report(verdict(findings), findings);
    }

    private Status await(FutureTask<Status> check, long started) {
        try {
            long left = deadline.toNanos() - (System.nanoTime() - started);
            return check.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            check.cancel(true);
            return new Status.Down(since(started), "no answer within " + deadline.toMillis() + " ms");
        } catch (InterruptedException e) {
            check.cancel(true);
            Thread.currentThread().interrupt();
            return new Status.Down(since(started), "the check was interrupted");
        } catch (ExecutionException e) {
            String fault =
                    e.getCause() == null ? "fault" : e.getCause().getClass().getSimpleName();
            return new Status.Down(since(started), "the check itself failed: " + fault);
        }
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static Overall verdict(List<Finding> findings) {
        Overall worst = Overall.UP;
        for (Finding finding : findings) {
            Overall here = switch (finding.status()) {
                case Status.Up up -> Overall.UP;
                case Status.Down down -> finding.required() ? Overall.DOWN : Overall.DEGRADED;
            };
            worst = here.compareTo(worst) > 0 ? here : worst;
        }
        return worst;
    }
}

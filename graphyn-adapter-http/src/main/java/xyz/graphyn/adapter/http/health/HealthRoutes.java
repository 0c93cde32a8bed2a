package xyz.graphyn.adapter.http.health;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.endpoint.Answer;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.Permission;
import xyz.graphyn.adapter.http.endpoint.Reply;
import xyz.graphyn.application.health.Dependency.Status;
import xyz.graphyn.application.health.SystemHealth;
import xyz.graphyn.application.health.SystemHealth.Finding;
import xyz.graphyn.application.health.SystemHealth.Report;

/** {@code /health}: open, because those who ask are probes; says nothing about anybody. */
public final class HealthRoutes {
    private static final String TAG = "Health";

    private final SystemHealth health;
    private final String version;

    public HealthRoutes(SystemHealth health, String version) {
        this.health = health;
        this.version = version;
    }

    /** @param status {@code up}; {@code degraded}, when something is away that is not required; {@code down} */
    @Schema(description = "How the system is.")
    record Health(
            @Schema(allowableValues = {"up", "degraded", "down"})
            String status,

            String version,
            List<DependencyHealth> dependencies) {
        static final Health UP = new Health(
                "up",
                "0.1.0",
                List.of(
                        new DependencyHealth("postgresql", true, "up", 0.6, null),
                        new DependencyHealth("redis", false, "up", 0.2, null)));
        static final Health DOWN = new Health(
                "down",
                "0.1.0",
                List.of(
                        new DependencyHealth("postgresql", true, "down", 12.1, "connection refused"),
                        new DependencyHealth("redis", false, "up", 0.2, null)));
    }

    /**
     * @param required whether the system is down without it
     * @param latencyMillis how long the answer took, or the wait for it
     * @param reason why it is down; null if it is up
     */
    @Schema(description = "How one dependency is.")
    record DependencyHealth(
            String name,

            @Schema(description = "Whether the system is down without it.")
            boolean required,

            @Schema(allowableValues = {"up", "down"}) String status,

            @Schema(description = "How long the answer took, or the wait for it.")
            double latencyMillis,

            @Schema(description = "Why it is down; null if it is up.") @Nullable String reason) {}

    @Schema(description = "A sign of life.")
    record Live(@Schema(allowableValues = "up") String status) {
        static final Live UP = new Live("up");
    }

    public List<Endpoint> endpoints() {
        return List.of(
                report("/health", "getHealth", "Status of the system", "Asks every dependency now."),
                report(
                        "/health/ready",
                        "getReadiness",
                        "May requests be sent here?",
                        "No while something required is away: 503. For load balancers and readiness probes."),
                Endpoint.get("/health/live", "getLiveness")
                        .permission(Permission.open())
                        .documented(
                                TAG,
                                "Is the process alive?",
                                "Asks nobody else: a restart would not bring back a database. For liveness probes.")
                        .reply(Reply.json(200, "It is.", Live.UP))
                        .handledBy(request -> Answer.json(200, Live.UP)));
    }

    private Endpoint report(String path, String operationId, String summary, String description) {
        return Endpoint.get(path, operationId)
                .permission(Permission.open())
                .documented(TAG, summary, description)
                .reply(Reply.json(200, "Everything required works.", Health.UP))
                .reply(Reply.json(503, "Something required is away.", Health.DOWN))
                .handledBy(request -> answer(health.check()));
    }

    private Answer answer(Report report) {
        Health body = new Health(
                report.overall().name().toLowerCase(Locale.ROOT),
                version,
                report.findings().stream().map(HealthRoutes::dependency).toList());
        return report.ready() ? Answer.json(200, body) : Answer.json(503, body).with("Retry-After", "5");
    }

    private static DependencyHealth dependency(Finding finding) {
        return switch (finding.status()) {
            case Status.Up up -> dependency(finding, "up", up, null);
            case Status.Down down -> dependency(finding, "down", down, down.reason());
        };
    }

    private static DependencyHealth dependency(Finding finding, String word, Status status, @Nullable String reason) {
        return new DependencyHealth(
                finding.name(),
                finding.required(),
                word,
                TimeUnit.NANOSECONDS.toMicros(status.latency().toNanos()) / 1_000.0,
                reason);
    }
}

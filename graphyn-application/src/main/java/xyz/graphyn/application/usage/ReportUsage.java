package xyz.graphyn.application.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.identifier.IdGenerator;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.usage.Comparison;
import xyz.graphyn.domain.usage.ModelTable;
import xyz.graphyn.domain.usage.ModelTerms;
import xyz.graphyn.domain.usage.UsageId;
import xyz.graphyn.domain.usage.UsageRow;
import xyz.graphyn.domain.validation.Checks;

/** Takes what providers report of the calls of their models. */
public final class ReportUsage {
    /** By which clocks may differ. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final AgentGate gate;
    private final UsageStore usage;
    private final ModelTable models;
    private final IdGenerator ids;
    private final InstantSource clock;

    public ReportUsage(AgentGate gate, UsageStore usage, ModelTable models, IdGenerator ids, InstantSource clock) {
        this.gate = gate;
        this.usage = usage;
        this.models = models;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param created false if the agent had a report with this external id already: then {@code report} is that one */
    public record Outcome(UsageRow.Reported report, boolean created) {}

    /**
     * Keeps the report. It is compared with the context that it names; else with the caller's latest context of the same
     * agent and session in {@link UsageStore#CACHE_LIFE} before the call, unless the prompt is shorter than that context and
     * so can't have held it; else with none, and then only its cost is known.
     *
     * @throws Refusal if the caller may not write to the agent, or the report can't be kept for now
     * @throws xyz.graphyn.domain.validation.Invalid if the agent has no such context, or the call lies in the future
     */
    public Outcome report(Caller caller, AgentId agent, UsageReport report) {
        AgentKey key = gate.require(caller, agent, AgentPermission.WRITE);
        Instant now = clock.instant();
        Instant at = report.occurredAt() == null ? now : report.occurredAt();
        if (at.isAfter(now.plus(SLACK))) {
            new Checks()
                    .add("/occurredAt", "out-of-range", "must not lie in the future")
                    .orThrow();
        }
        Optional<UsageRow.Assembled> context = context(caller, key, report, at);
        ModelTerms terms = models.of(report.model());
        UsageRow.Reported row = new UsageRow.Reported(
                new UsageRow.Origin(
                        new UsageId(ids.next()),
                        at,
                        key,
                        caller.principal().subject(),
                        session(report, context),
                        report.model()),
                report.externalId(),
                report.usage(),
                context.map(of -> of.origin().id()).orElse(null),
                context.map(of -> Comparison.of(report.usage(), terms.weights(), of.usage(), usage.warmHistory(of, at)))
                        .orElse(null),
                terms.cost(report.usage()));
        UsageId kept = await(usage.write(row));
        return kept.equals(row.origin().id())
                ? new Outcome(row, true)
                : new Outcome(
                        usage.report(key, kept)
                                .orElseThrow(() ->
                                        new Refusal.Conflict("The report with this externalId was removed meanwhile.")),
                        false);
    }

    private static @Nullable String session(UsageReport report, Optional<UsageRow.Assembled> context) {
        return report.session() == null
                ? context.map(of -> of.origin().session()).orElse(null)
                : report.session();
    }

    private Optional<UsageRow.Assembled> context(Caller caller, AgentKey agent, UsageReport report, Instant at) {
        if (report.context() == null) {
            return usage.latestContext(
                            agent, caller.principal().subject(), report.session(), at.minus(UsageStore.CACHE_LIFE), at)
                    .filter(latest ->
                            latest.usage().contextTokens() <= report.usage().prompt());
        }
        Optional<UsageRow.Assembled> named = usage.context(agent, report.context());
        if (named.isEmpty()) {
            new Checks()
                    .add("/contextId", "unknown", "must be the id of a context's usage, of this agent")
                    .orThrow();
        }
        return named;
    }

    private static UsageId await(CompletableFuture<UsageId> written) {
        try {
            return written.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw new IllegalStateException("A report could not be kept.", failed.getCause());
        } catch (TimeoutException late) {
            written.cancel(true);
            throw new Refusal.Unavailable("The report could not be kept in time.", RETRY_AFTER);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable("The request was given up.", RETRY_AFTER);
        }
    }
}

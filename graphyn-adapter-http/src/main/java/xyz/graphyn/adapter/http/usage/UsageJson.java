package xyz.graphyn.adapter.http.usage;

import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.usage.UsagePart;
import xyz.graphyn.application.usage.UsageQueries;
import xyz.graphyn.application.usage.UsageReport;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.usage.Comparison;
import xyz.graphyn.domain.usage.Cost;
import xyz.graphyn.domain.usage.UsageId;
import xyz.graphyn.domain.usage.UsageRow;
import xyz.graphyn.domain.usage.UsageTotals;
import xyz.graphyn.domain.validation.Checks;

/** The meter as clients write to it and read it. */
final class UsageJson {
    static final String NEW_REPORT = """
            {"model":"claude-opus-4-1","usage":{"input_tokens":1500,"cache_read_input_tokens":5000,\
            "cache_creation_input_tokens":0,"output_tokens":200},"sessionId":"chat-17",\
            "externalId":"msg_01A"}""";

    private static final UUID REPORT_ID = UUID.fromString("0197a1d2-9eaf-70b1-82c3-d4e5f6a7b8c9");
    private static final UUID CONTEXT_ID = UUID.fromString("0197a1d2-8d9e-7f0a-b1c2-d3e4f5a6b7c8");

    private static final String NET = "1 - A / min(B_full, B_cache): what the prompts cost against the whole history in"
            + " the contexts' place, with a cache or without, whichever costs less; negative where memory costs more,"
            + " null where nothing was compared.";
    private static final String COST =
            "Of the reports whose models have a price; null if none has, or currencies differ.";

    private UsageJson() {}

    /** What the parts of a series are called on the wire; never another. */
    static String word(UsagePart.By by) {
        return switch (by) {
            case DAY -> "day";
            case SESSION -> "session";
            case AGENT -> "agent";
            case MODEL -> "model";
        };
    }

    @Schema(description = "What a provider said of one call of a model.")
    record NewUsageReport(
            @Schema(
                    description = "The model, by its provider's name.",
                    minLength = 1,
                    maxLength = UsageReport.MAX_MODEL)
            String model,

            @Schema(description = "The provider's usage block as it came: " + UsageBlock.UNDERSTOOD + ".")
            Json usage,

            @Schema(
                    description = "The run or conversation that the call belongs to.",
                    minLength = 1,
                    maxLength = Checks.MAX_IDENTIFIER)
            @Nullable String sessionId,

            @Schema(
                    description = "The `usage.id` of the context that the prompt held. Unless it is given, your latest"
                            + " context of the same agent and session in the five minutes before is taken, if the"
                            + " prompt is no shorter.")
            @Nullable UUID contextId,

            @Schema(description = "When the model was called; now, unless it is given.") @Nullable Instant occurredAt,

            @Schema(
                    description = "Your own id for the call: an agent never has two reports with the same.",
                    minLength = 1,
                    maxLength = Checks.MAX_IDENTIFIER)
            @Nullable String externalId) {
        UsageReport report() {
            return new UsageReport(
                    model,
                    UsageBlock.read(usage),
                    sessionId,
                    contextId == null ? null : new UsageId(contextId),
                    occurredAt,
                    externalId);
        }
    }

    @Schema(description = "A report, as it was understood.")
    record UsageReported(
            UUID id,

            @Schema(description = "The context that it is compared with; null if none is known.") @Nullable UUID contextId,

            @Schema(description = "Of the prompt, read without a cache.")
            long uncachedTokens,

            @Schema(description = "Of the prompt, read from the provider's cache.")
            long cacheReadTokens,

            @Schema(description = "Of the prompt, written into the provider's cache.")
            long cacheWriteTokens,

            @Schema(description = "Of the answer.") long outputTokens,

            @Schema(description = NET) @Nullable Double netCostSaving,

            @Schema(description = "Of the whole call; null if the model has no price here.") @Nullable BigDecimal cost,

            @Schema(description = "Of the cost (ISO 4217).") @Nullable String currency) {
        static final UsageReported EXAMPLE =
                new UsageReported(REPORT_ID, CONTEXT_ID, 1_500, 5_000, 0, 200, 0.9048, new BigDecimal("0.0145"), "EUR");

        static UsageReported of(UsageRow.Reported report) {
            Cost cost = report.cost();
            UsageId context = report.context();
            return new UsageReported(
                    report.origin().id().value(),
                    context == null ? null : context.value(),
                    report.usage().uncached(),
                    report.usage().cacheRead(),
                    report.usage().cacheWrite(),
                    report.usage().output(),
                    report.comparison() == null
                            ? null
                            : number(report.comparison().saving()),
                    cost == null ? null : cost.amount(),
                    cost == null ? null : cost.currency());
        }
    }

    @Schema(description = "What was metered in whole days (UTC).")
    record UsageOverview(
            @Schema(description = "The first day.", format = "date")
            String from,

            @Schema(description = "The day after the last.", format = "date")
            String to,

            UsageSum totals,

            @Schema(
                    description = "At most 1,000 parts: days in their order, agents and models with the longest history"
                            + " first, sessions with the latest first.")
            List<UsageSeriesPart> series,

            @Schema(description = "Whether there are more parts than `series` has.")
            boolean more) {
        static final UsageOverview EXAMPLE = new UsageOverview(
                "2026-05-04", "2026-06-03", Sum.EXAMPLE.sum(), List.of(Sum.EXAMPLE.part("2026-05-04", null)), false);

        static UsageOverview of(UsageQueries.Answer answer) {
            return new UsageOverview(
                    answer.from().toString(),
                    answer.to().toString(),
                    Sum.of(answer.totals()).sum(),
                    answer.series().stream()
                            .map(part -> Sum.of(part.totals())
                                    .part(
                                            part.key(),
                                            part.agent() == null
                                                    ? null
                                                    : part.agent().value()))
                            .toList(),
                    answer.more());
        }
    }

    @Schema(name = "UsageTotals", description = "Sums of what was metered.")
    record UsageSum(
            @Schema(description = "Contexts that were assembled.")
            long requests,

            @Schema(description = "How many of these were estimated, not counted as the model counts.")
            long estimatedRequests,

            @Schema(description = "Of the contexts.") long contextTokens,

            @Schema(description = "Of the whole histories in their place.")
            long baselineTokens,

            @Schema(description = "Of the latest 20 messages in their place.")
            long windowTokens,

            @Schema(description = "`baselineTokens` less `contextTokens`; negative where the contexts cost more.")
            long savedTokens,

            @Schema(description = "The share of the baseline that is saved; negative where the contexts cost more.")
            double tokenSaving,

            @Schema(
                    description = "The share of the latest 20 messages that is saved; often negative, since a context"
                            + " reaches further back.")
            double windowSaving,

            @Schema(description = "Calls of models that were reported.")
            long reports,

            @Schema(description = "How many of these are in `netCostSaving`: those whose context is known.")
            long comparedReports,

            @Schema(description = NET) @Nullable Double netCostSaving,

            @Schema(description = "How many reports are in `cost`.")
            long pricedReports,

            @Schema(description = COST) @Nullable BigDecimal cost,

            @Schema(description = "Of the cost (ISO 4217).") @Nullable String currency) {}

    @Schema(description = "A part of what was metered, with its sums.")
    record UsageSeriesPart(
            @Schema(description = "The day, the session, the agent's id or the model; empty where no model was named.")
            String key,

            @Schema(description = "Of a session or an agent; else null.") @Nullable UUID agentId,

            long requests,
            long estimatedRequests,
            long contextTokens,
            long baselineTokens,
            long windowTokens,
            long savedTokens,
            double tokenSaving,
            double windowSaving,
            long reports,
            long comparedReports,
            @Nullable Double netCostSaving,
            long pricedReports,
            @Nullable BigDecimal cost,
            @Nullable String currency) {}

    /** @param cost null if there is none, or none in one currency */
    private record Sum(UsageTotals totals, @Nullable Cost cost) {
        static final Sum EXAMPLE = of(new UsageTotals(
                120,
                0,
                118_400,
                2_310_000,
                402_000,
                96,
                90,
                new Comparison(new BigDecimal("151200"), new BigDecimal("1899000"), new BigDecimal("412300")),
                96,
                new Cost(new BigDecimal("1.3824"), "EUR")));

        static Sum of(UsageTotals totals) {
            Cost cost = totals.cost();
            return new Sum(totals, cost == null || cost.currency().equals(Cost.MIXED) ? null : cost);
        }

        UsageSum sum() {
            return new UsageSum(
                    totals.requests(),
                    totals.estimatedRequests(),
                    totals.contextTokens(),
                    totals.baselineTokens(),
                    totals.windowTokens(),
                    totals.savedTokens(),
                    totals.tokenSaving(),
                    totals.windowSaving(),
                    totals.reports(),
                    totals.comparedReports(),
                    number(totals.netCostSaving()),
                    totals.pricedReports(),
                    cost == null ? null : cost.amount(),
                    cost == null ? null : cost.currency());
        }

        UsageSeriesPart part(String key, @Nullable UUID agent) {
            UsageSum sum = sum();
            return new UsageSeriesPart(
                    key,
                    agent,
                    sum.requests,
                    sum.estimatedRequests,
                    sum.contextTokens,
                    sum.baselineTokens,
                    sum.windowTokens,
                    sum.savedTokens,
                    sum.tokenSaving,
                    sum.windowSaving,
                    sum.reports,
                    sum.comparedReports,
                    sum.netCostSaving,
                    sum.pricedReports,
                    sum.cost,
                    sum.currency);
        }
    }

    private static @Nullable Double number(OptionalDouble saving) {
        return saving.isEmpty() ? null : saving.getAsDouble();
    }
}

package xyz.graphyn.domain.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.agent.AgentKey;

/** What is metered. It never changes. */
public sealed interface UsageRow {
    Origin origin();

    /** What it adds to the sums that it belongs to. */
    UsageTotals adds();

    /**
     * Whose it is.
     *
     * @param at when it happened
     * @param subject who asked, or reported
     * @param session null if it belongs to none
     * @param model null if none was named
     */
    record Origin(
            UsageId id,
            Instant at,
            AgentKey agent,
            String subject,
            @Nullable String session,
            @Nullable String model) {}

    /** A context that was assembled. */
    record Assembled(Origin origin, ContextUsage usage) implements UsageRow {
        @Override
        public UsageTotals adds() {
            return new UsageTotals(
                    1,
                    usage.measured() ? 0 : 1,
                    usage.contextTokens(),
                    usage.baselineTokens(),
                    usage.windowTokens(),
                    0,
                    0,
                    Comparison.NONE,
                    0,
                    null);
        }
    }

    /**
     * A call of a model.
     *
     * @param externalId the caller's own id for it; an agent has one report of it
     * @param context which context its prompt held; null if that is not known
     * @param comparison null exactly where {@code context} is
     * @param cost null without a price
     */
    record Reported(
            Origin origin,
            @Nullable String externalId,
            ReportedUsage usage,
            @Nullable UsageId context,
            @Nullable Comparison comparison,
            @Nullable Cost cost)
            implements UsageRow {
        @Override
        public UsageTotals adds() {
            return new UsageTotals(
                    0,
                    0,
                    0,
                    0,
                    0,
                    1,
                    comparison == null ? 0 : 1,
                    comparison == null ? Comparison.NONE : comparison,
                    cost == null ? 0 : 1,
                    cost);
        }
    }
}

package xyz.graphyn.domain.usage;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What was metered, added up. Token savings and cost savings stand beside each other and are never added up: they are two
 * views of the same prompts.
 *
 * @param requests how many contexts were assembled
 * @param estimatedRequests how many of these were estimated, not counted as the model counts
 * @param contextTokens S of all of them
 * @param baselineTokens F of all of them
 * @param windowTokens W of all of them
 * @param reports how many calls of models were reported
 * @param comparedReports how many of these are in the comparison: those whose context is known
 * @param comparison what these cost, against the whole history
 * @param pricedReports how many reports are in the cost: those of models with a price
 * @param cost of these; null if there are none
 */
public record UsageTotals(
        long requests,
        long estimatedRequests,
        long contextTokens,
        long baselineTokens,
        long windowTokens,
        long reports,
        long comparedReports,
        Comparison comparison,
        long pricedReports,
        @Nullable Cost cost) {
    /** Of nothing. */
    public static final UsageTotals NONE = new UsageTotals(0, 0, 0, 0, 0, 0, 0, Comparison.NONE, 0, null);

    public UsageTotals plus(UsageTotals other) {
        return new UsageTotals(
                requests + other.requests,
                estimatedRequests + other.estimatedRequests,
                contextTokens + other.contextTokens,
                baselineTokens + other.baselineTokens,
                windowTokens + other.windowTokens,
                reports + other.reports,
                comparedReports + other.comparedReports,
                comparison.plus(other.comparison),
                pricedReports + other.pricedReports,
                sum(cost, other.cost));
    }

    private static @Nullable Cost sum(@Nullable Cost one, @Nullable Cost other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.plus(other);
    }

    /** ΣF - ΣS; negative where contexts cost more. */
    public long savedTokens() {
        return baselineTokens - contextTokens;
    }

    /** 1 - ΣS/ΣF; 0 without history. */
    public double tokenSaving() {
        return ContextUsage.saving(contextTokens, baselineTokens);
    }

    /** 1 - ΣS/ΣW: the same against the latest messages alone; 0 without any. */
    public double windowSaving() {
        return ContextUsage.saving(contextTokens, windowTokens);
    }

    /** Empty where nothing was compared. */
    public OptionalDouble netCostSaving() {
        return comparison.saving();
    }
}

package xyz.graphyn.domain.usage;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model.
 *
 * @param price null if nobody has said it
 * @param window how many tokens it reads at most, from 1; null if nobody has said it
 */
public record ModelTerms(
        Weights weights, @Nullable Price price, @Nullable Long window) {
    /** Of a model of which nobody has said anything. */
    public static final ModelTerms UNKNOWN = new ModelTerms(Weights.USUAL, null, null);

    /** @throws IllegalArgumentException if the window is not from 1 to {@value ReportedUsage#MAX_TOKENS} */
    public ModelTerms {
        if (window != null && (window < 1 || window > ReportedUsage.MAX_TOKENS)) {
            throw new IllegalArgumentException("a window must be 1 to " + ReportedUsage.MAX_TOKENS);
        }
    }

    /** A: what the prompt cost, in tokens that are read without a cache. */
    public BigDecimal promptCost(ReportedUsage call) {
        return weights.of(call).cost(call.uncached(), call.cacheRead(), call.cacheWrite());
    }

    /** What the whole call cost, the answer included; null without a price. */
    public @Nullable Cost cost(ReportedUsage call) {
        return price == null ? null : price.of(promptCost(call), call.output());
    }

    /** With no more of the history than the model would have read in its place. */
    public ContextUsage withinWindow(ContextUsage usage) {
        return window == null ? usage : usage.within(window);
    }
}

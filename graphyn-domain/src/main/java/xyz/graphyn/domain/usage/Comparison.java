package xyz.graphyn.domain.usage;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/**
 * What prompts cost, against what they would have cost with the whole history in the context's place; all in tokens that are
 * read without a cache. Where something is not known it is taken as cheap for the other side, so that no saving is
 * overstated.
 *
 * @param actual A: what was paid
 * @param full B_full: the history at full price
 * @param cached B_cache: the history with the provider's cache in use
 */
public record Comparison(BigDecimal actual, BigDecimal full, BigDecimal cached) {
    /** Of no call. */
    public static final Comparison NONE = new Comparison(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);

    public Comparison {
        actual = Cost.plain(actual);
        full = Cost.plain(full);
        cached = Cost.plain(cached);
    }

    /**
     * One call.
     *
     * <p>What its prompt held beside the context would have been there with the history as well. It is priced as cheaply as
     * the call's own tokens allow: those that cost least are taken to be of it. A prompt that is shorter than the context as
     * it was counted has no rest, and the history is taken to be shorter in the same measure.
     *
     * @param context that the prompt held
     * @param warm how many tokens of the history the provider's cache would have had by the time; what the call itself read
     *     from the cache of the context, it would have had in any case
     */
    public static Comparison of(ReportedUsage call, Weights usual, ContextUsage context, long warm) {
        Weights weights = usual.of(call);
        long prompt = call.prompt();
        long sent = context.contextTokens();
        long rest = Math.max(0, prompt - sent);
        long history =
                sent <= prompt ? context.baselineTokens() : (long) ((double) context.baselineTokens() * prompt / sent);
        long read = Math.min(history, Math.max(warm, call.cacheRead() - rest));
        BigDecimal ofRest = cheapest(call, weights, rest);
        return new Comparison(
                weights.cost(call.uncached(), call.cacheRead(), call.cacheWrite()),
                ofRest.add(BigDecimal.valueOf(history)),
                ofRest.add(weights.cost(0, read, history - read)));
    }

    /** What so many of the call's tokens cost, the cheap ones first. */
    private static BigDecimal cheapest(ReportedUsage call, Weights weights, long tokens) {
        boolean writesLast = weights.cacheWrite().compareTo(BigDecimal.ONE) >= 0;
        long read = Math.min(tokens, call.cacheRead());
        long left = tokens - read;
        long written = writesLast ? Math.max(0, left - call.uncached()) : Math.min(left, call.cacheWrite());
        return weights.cost(left - written, read, written);
    }

    public Comparison plus(Comparison other) {
        return new Comparison(actual.add(other.actual), full.add(other.full), cached.add(other.cached));
    }

    /** 1 - A / min(B_full, B_cache): negative where memory cost more than it saved; empty where nothing was compared. */
    public OptionalDouble saving() {
        BigDecimal other = full.min(cached);
        return other.signum() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        1 - actual.divide(other, MathContext.DECIMAL64).doubleValue());
    }
}

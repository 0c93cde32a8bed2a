package xyz.graphyn.domain.usage;

import xyz.graphyn.domain.validation.Checks;

/**
 * What a provider says that one call took, in tokens; each from 0 to {@value #MAX_TOKENS}, and none counted twice.
 *
 * @param uncached u: of the prompt, read without a cache
 * @param cacheRead r: of the prompt, read from the provider's cache
 * @param cacheWrite w: of the prompt, written into the provider's cache
 * @param output of the answer
 * @param pricesWrites whether the provider has a price of its own for writing into its cache
 */
public record ReportedUsage(long uncached, long cacheRead, long cacheWrite, long output, boolean pricesWrites) {
    /** A thousand times the longest prompt that any model reads. */
    public static final long MAX_TOKENS = 1_000_000_000;

    /** @throws xyz.graphyn.domain.validation.Invalid with every mistake */
    public ReportedUsage {
        new Checks()
                .within("/uncached", uncached, 0, MAX_TOKENS)
                .within("/cacheRead", cacheRead, 0, MAX_TOKENS)
                .within("/cacheWrite", cacheWrite, 0, MAX_TOKENS)
                .within("/output", output, 0, MAX_TOKENS)
                .orThrow();
    }

    /** u + r + w: all of the prompt. */
    public long prompt() {
        return uncached + cacheRead + cacheWrite;
    }
}

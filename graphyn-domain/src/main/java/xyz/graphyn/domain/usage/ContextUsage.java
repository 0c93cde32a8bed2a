package xyz.graphyn.domain.usage;

/**
 * What a context costs against what the prompt would have cost without it.
 *
 * @param contextTokens S: of the context's text
 * @param baselineTokens F: of the whole history in its place
 * @param windowTokens W: of the latest messages in its place
 * @param tokenizer by which vocabulary
 * @param measured whether all of it was counted as the model counts, not estimated
 */
public record ContextUsage(
        long contextTokens, long baselineTokens, long windowTokens, String tokenizer, boolean measured) {
    /** F - S; negative where the context costs more. */
    public long savedTokens() {
        return baselineTokens - contextTokens;
    }

    /** 1 - S/F: the share of the history's tokens that the context saves; negative where it costs more, 0 without history. */
    public double tokenSaving() {
        return saving(contextTokens, baselineTokens);
    }

    /** 1 - S/W: the same against the latest messages alone; 0 without any. */
    public double windowSaving() {
        return saving(contextTokens, windowTokens);
    }

    static double saving(long sent, long instead) {
        return instead == 0 ? 0 : 1 - (double) sent / instead;
    }

    /** With no more of the history, and of the latest messages, than so many tokens. */
    ContextUsage within(long window) {
        return new ContextUsage(
                contextTokens, Math.min(window, baselineTokens), Math.min(window, windowTokens), tokenizer, measured);
    }
}

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
        return baselineTokens == 0 ? 0 : 1 - (double) contextTokens / baselineTokens;
    }
}

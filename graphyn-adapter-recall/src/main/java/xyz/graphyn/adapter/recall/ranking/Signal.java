package xyz.graphyn.adapter.recall.ranking;

/** One reason to think that a node answers a question. */
interface Signal {
    /** For {@code why}: one word. */
    String name();

    /**
     * @return by place, of nodes that may be found; {@link Float#NaN} where this can't tell, anything where nothing may be found.
     *     Larger is better
     */
    float[] of(Question question);
}

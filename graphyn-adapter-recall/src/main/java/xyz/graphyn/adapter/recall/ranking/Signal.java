package xyz.graphyn.adapter.recall.ranking;

/** One reason to think that a node answers a question. */
interface Signal {
    /** For {@code why}: one word. */
    String name();

    /**
     * @return by place, a new array; about -1 to 2 for nodes that may be found, anything where nothing may be
     */
    float[] of(Question question);
}

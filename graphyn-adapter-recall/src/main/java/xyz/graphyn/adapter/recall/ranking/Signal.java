package xyz.graphyn.adapter.recall.ranking;

/**
 * One reason to think that a node answers a question.
 *
 * @param <A> what it is read off
 */
interface Signal<A> {
    /** Has nothing to say about this question. */
    float[] NOTHING = {};

    /** For {@code why}: one word. */
    String name();

    /**
     * @return by place, about -1 to 2 for nodes that may be found, anything where nothing may be; {@link #NOTHING} if it is
     *     0 for all. Nobody may change it
     */
    float[] of(A asked);
}

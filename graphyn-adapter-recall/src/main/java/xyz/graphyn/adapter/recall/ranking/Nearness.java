package xyz.graphyn.adapter.recall.ranking;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.recall.memory.Names;
import xyz.graphyn.adapter.recall.memory.VectorBlocks;
import xyz.graphyn.adapter.recall.work.Workers;

/** How near everything is to a question, by the model of meaning. */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and read in the innermost loops.
record Nearness(Audience audience, float[] ofVectors, float[] ofPlaces) {
    /** Fewer are compared before another thread has begun. */
    private static final int WORTH_SHARING = 8_192;

    static final float[] UNKNOWN = {};

    /**
     * @param vector of the question; null if it has none
     * @return how near each vector is, by its number, none without a question's; and each node by its nearest vector, {@link
     *     Float#NaN} where nothing is known, or may be
     */
    static Nearness of(Audience audience, byte @Nullable [] vector, Workers workers) {
        float[] ofPlaces = new float[audience.memory().size()];
        Arrays.fill(ofPlaces, Float.NaN);
        if (vector == null) {
            return new Nearness(audience, UNKNOWN, ofPlaces);
        }
        VectorBlocks vectors = audience.memory().units().vectors();
        int size = vectors.size();
        float[] ofVectors = new float[size];
        int parts = (size + WORTH_SHARING - 1) / WORTH_SHARING;
        workers.share(
                parts,
                part -> vectors.compare(
                        vector, ofVectors, part * WORTH_SHARING, Math.min(size, (part + 1) * WORTH_SHARING)));
        for (int number = 0; number < size; number++) {
            int place = vectors.place(number);
            if (place != Names.NONE && audience.isVisible(place)) {
                ofPlaces[place] = ofPlaces[place] >= ofVectors[number] ? ofPlaces[place] : ofVectors[number];
            }
        }
        return new Nearness(audience, ofVectors, ofPlaces);
    }

    /** Whether anything can be said of meaning at all. */
    boolean isKnown() {
        return ofVectors.length > 0;
    }
}

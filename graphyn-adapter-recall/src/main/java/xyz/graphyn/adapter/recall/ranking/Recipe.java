package xyz.graphyn.adapter.recall.ranking;

import java.util.List;

/**
 * The signals and what each weighs. All numbers of the ranking that were measured, not reasoned, stand here.
 */
final class Recipe {
    private static final Bm25 TURNS = new Bm25(0.9f, 0.4f);
    private static final Bm25 AROUND = new Bm25(0.9f, 0.6f);
    private static final Bm25 SESSIONS = new Bm25(1.2f, 0.4f);
    private static final float[] NEIGHBORS = {0.5f, 0.4f, 0.3f, 0.2f};

    /** Words that tell something, of a neighbour that still counts in full. */
    private static final float FULL_LENGTH = 20;

    static final List<Weighted> SIGNALS = List.of(
            new Weighted(new OwnWords(TURNS), 0.3f),
            new Weighted(new WordsAround("around", AROUND, NEIGHBORS, NEIGHBORS, FULL_LENGTH), 1f),
            new Weighted(new Session(SESSIONS), 0.3f),
            new Weighted(new Meaning(), 1f),
            new Weighted(new Speaker(), 0.3f),
            new Weighted(new Date(), 0.3f),
            new Weighted(new TellsTime(), 0.2f));

    private Recipe() {}
}

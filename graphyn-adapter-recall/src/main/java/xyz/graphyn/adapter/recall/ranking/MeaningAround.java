package xyz.graphyn.adapter.recall.ranking;

import xyz.graphyn.adapter.recall.memory.Names;

/** How near the best of what was said right before or after it is to the question. */
final class MeaningAround implements Signal<Nearness> {
    private static final int DISTANCE = 3;

    /** As near as what has nothing to do with it usually is, for what stands alone. */
    private static final float ALONE = 0.1f;

    private static final float NOBODY = Float.NEGATIVE_INFINITY;

    @Override
    public String name() {
        return "around";
    }

    @Override
    public float[] of(Nearness near) {
        float[] meaning = near.ofPlaces();
        int[] places = InOrder.of(near.audience()).places();
        float[] inOrder = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            float known = places[i] == Names.NONE ? NOBODY : meaning[places[i]];
            inOrder[i] = Float.isNaN(known) ? NOBODY : known;
        }
        float[] scores = new float[meaning.length];
        for (int i = DISTANCE; i < places.length - DISTANCE; i++) {
            if (places[i] != Names.NONE) {
                float best = NOBODY;
                for (int d = 1; d <= DISTANCE; d++) {
                    best = Math.max(best, Math.max(inOrder[i - d], inOrder[i + d]));
                }
                scores[places[i]] = best == NOBODY ? ALONE : best;
            }
        }
        return scores;
    }
}

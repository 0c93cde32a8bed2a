package xyz.graphyn.adapter.recall.ranking;

import java.util.Arrays;
import xyz.graphyn.adapter.recall.memory.Memory;

/** How near the best of what was said right before or after it is to the question. */
final class MeaningAround implements Signal {
    private static final int DISTANCE = 3;

    /** As near as what has nothing to do with it usually is, for what stands alone. */
    private static final float ALONE = 0.1f;

    @Override
    public String name() {
        return "around";
    }

    @Override
    public float[] of(Question question) {
        Memory memory = question.memory();
        if (question.vector() == null) {
            return NOTHING;
        }
        float[] scores = new float[memory.size()];
        Arrays.fill(scores, ALONE);
        float[] meaning = question.meaning();
        float[] inOrder = new float[0];
        for (int session = 0; session < memory.sessions(); session++) {
            int[] places = memory.inOrder(session);
            int size = memory.sizeOf(session);
            inOrder = inOrder.length < size ? new float[2 * size] : inOrder;
            for (int i = 0; i < size; i++) {
                inOrder[i] = meaning[places[i]];
            }
            for (int i = 0; i < size; i++) {
                float best = Float.NEGATIVE_INFINITY;
                for (int j = Math.max(0, i - DISTANCE); j <= Math.min(size - 1, i + DISTANCE); j++) {
                    // What is not known is not a number, and no number is less than that.
                    best = j != i && inOrder[j] > best ? inOrder[j] : best;
                }
                scores[places[i]] = best == Float.NEGATIVE_INFINITY ? ALONE : best;
            }
        }
        return scores;
    }
}

package xyz.graphyn.adapter.recall.ranking;

import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.memory.Names;

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
        float[] scores = new float[memory.size()];
        if (question.vector() == null) {
            return scores;
        }
        float[] meaning = question.meaning();
        for (int place = 0; place < scores.length; place++) {
            if (!question.isVisible(place)) {
                continue;
            }
            float best = Float.NaN;
            for (int d = 1; d <= DISTANCE; d++) {
                best = better(best, question, meaning, memory.neighbor(place, -d));
                best = better(best, question, meaning, memory.neighbor(place, d));
            }
            scores[place] = Float.isNaN(best) ? ALONE : best;
        }
        return scores;
    }

    private static float better(float best, Question question, float[] meaning, int neighbor) {
        if (neighbor == Names.NONE || !question.isVisible(neighbor) || Float.isNaN(meaning[neighbor])) {
            return best;
        }
        return best >= meaning[neighbor] ? best : meaning[neighbor];
    }
}

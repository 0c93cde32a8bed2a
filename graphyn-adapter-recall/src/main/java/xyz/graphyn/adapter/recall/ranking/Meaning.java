package xyz.graphyn.adapter.recall.ranking;

import java.util.Arrays;
import xyz.graphyn.adapter.recall.embedding.Vectors;
import xyz.graphyn.adapter.recall.memory.Memory;

/** How near the best passage of the node is to the question, by the model of meaning. What has no vector yet counts as the mean. */
final class Meaning implements Signal {
    @Override
    public String name() {
        return "meaning";
    }

    @Override
    public float[] of(Question question) {
        if (question.vector() == null) {
            return NOTHING;
        }
        float[] scores = question.meaning().clone();
        double sum = 0;
        int known = 0;
        for (int place = 0; place < scores.length; place++) {
            if (!Float.isNaN(scores[place])) {
                sum += scores[place];
                known++;
            }
        }
        float mean = known == 0 ? 0 : (float) (sum / known);
        for (int place = 0; place < scores.length; place++) {
            scores[place] = Float.isNaN(scores[place]) ? mean : scores[place];
        }
        return scores;
    }

    /** {@link Float#NaN} where nothing is known, or may be. */
    static float[] known(Question question) {
        Memory memory = question.memory();
        float[] scores = new float[memory.size()];
        Arrays.fill(scores, Float.NaN);
        byte[] asked = question.vector();
        for (int place = 0; asked != null && place < scores.length; place++) {
            if (question.isVisible(place)) {
                float best = Float.NaN;
                for (byte[] vector : memory.units().vectors(place)) {
                    float similarity = Vectors.similarity(asked, vector);
                    best = best >= similarity ? best : similarity;
                }
                scores[place] = best;
            }
        }
        return scores;
    }
}

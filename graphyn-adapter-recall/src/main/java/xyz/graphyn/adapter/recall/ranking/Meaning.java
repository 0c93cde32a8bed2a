package xyz.graphyn.adapter.recall.ranking;

import java.util.Arrays;
import xyz.graphyn.adapter.recall.embedding.Vectors;
import xyz.graphyn.adapter.recall.memory.Memory;

/** How near the best passage of the node is to the question, by the model of meaning. */
final class Meaning implements Signal {
    @Override
    public String name() {
        return "meaning";
    }

    @Override
    public float[] of(Question question) {
        Memory memory = question.memory();
        float[] scores = new float[memory.size()];
        Arrays.fill(scores, Float.NaN);
        byte[] asked = question.vector();
        if (asked == null) {
            return scores;
        }
        for (int place = 0; place < scores.length; place++) {
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

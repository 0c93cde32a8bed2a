package xyz.graphyn.adapter.recall.ranking;

import java.util.Set;
import xyz.graphyn.adapter.recall.memory.Memory;

/** Whether it was said by somebody whom the question names. */
final class Speaker implements Signal {
    @Override
    public String name() {
        return "speaker";
    }

    @Override
    public float[] of(Question question) {
        Memory memory = question.memory();
        Set<Integer> named = question.namedSpeakers();
        boolean[] isNamed = new boolean[memory.speakers().size()];
        named.forEach(speaker -> isNamed[speaker] = true);
        float[] scores = new float[memory.size()];
        for (int place = 0; !named.isEmpty() && place < scores.length; place++) {
            int speaker = question.isVisible(place) ? memory.speaker(question.side(), place) : -1;
            scores[place] = speaker >= 0 && isNamed[speaker] ? 1 : 0;
        }
        return scores;
    }
}

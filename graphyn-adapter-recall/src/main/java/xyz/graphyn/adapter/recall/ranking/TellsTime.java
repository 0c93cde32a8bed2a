package xyz.graphyn.adapter.recall.ranking;

import java.util.regex.Pattern;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.memory.Traits;

/** Whether it says when, if that is what the question is. */
final class TellsTime implements Signal {
    private static final Pattern WHEN =
            Pattern.compile("(?i)^\\s*(?:when|what (?:day|date|month|year|time)|how long|which (?:year|month|day))\\b");

    @Override
    public String name() {
        return "time";
    }

    @Override
    public float[] of(Question question) {
        Memory memory = question.memory();
        float[] scores = new float[memory.size()];
        if (!WHEN.matcher(question.text()).find()) {
            return scores;
        }
        for (int place = 0; place < scores.length; place++) {
            if (question.isVisible(place)) {
                scores[place] = (memory.traits(question.side(), place) & Traits.TELLS_TIME) != 0 ? 1 : 0;
            }
        }
        return scores;
    }
}

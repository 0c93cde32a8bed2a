package xyz.graphyn.adapter.recall.ranking;

import java.util.function.Function;
import java.util.function.Predicate;

/** A signal that is read off each node by itself, if the question is of a sort. */
record ByPlace(String name, Predicate<Question> asked, Function<Question, Score> scores) implements Signal<Question> {
    /** Of one place. */
    @FunctionalInterface
    interface Score {
        float at(int place);
    }

    @Override
    public float[] of(Question question) {
        if (!asked.test(question)) {
            return NOTHING;
        }
        float[] all = new float[question.memory().size()];
        Score score = scores.apply(question);
        for (int place = 0; place < all.length; place++) {
            if (question.isVisible(place)) {
                all[place] = score.at(place);
            }
        }
        return all;
    }
}

package xyz.graphyn.adapter.recall.ranking;

import xyz.graphyn.adapter.recall.memory.Memory;

/** The question's words in the node itself. */
final class OwnWords implements Signal {
    private final Bm25 bm25;

    OwnWords(Bm25 bm25) {
        this.bm25 = bm25;
    }

    @Override
    public String name() {
        return "words";
    }

    @Override
    public float[] of(Question question) {
        Memory memory = question.memory();
        float[] scores = new float[memory.size()];
        float average = averageLength(question);
        for (Term term : question.terms()) {
            for (int i = 0; i < term.places().length; i++) {
                int place = term.places()[i];
                scores[place] +=
                        bm25.score(term.rarity(), term.counts()[i], memory.length(question.side(), place), average);
            }
        }
        return scores;
    }

    static float averageLength(Question question) {
        Memory memory = question.memory();
        long sum = 0;
        for (int place = 0; place < memory.size(); place++) {
            sum += question.isVisible(place) ? memory.length(question.side(), place) : 0;
        }
        return Math.max(1, (float) sum / Math.max(1, question.visibleCount()));
    }
}

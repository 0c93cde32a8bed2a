package xyz.graphyn.adapter.recall.ranking;

import java.util.Arrays;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.memory.Names;

/** How much of the question the whole session speaks of: every word counts once for each node that holds it. */
final class Session implements Signal {
    private final Bm25 bm25;

    Session(Bm25 bm25) {
        this.bm25 = bm25;
    }

    @Override
    public String name() {
        return "session";
    }

    @Override
    public float[] of(Question question) {
        Memory memory = question.memory();
        int sessions = memory.sessionNames().size();
        float[] lengths = new float[sessions];
        float sum = 0;
        int count = 0;
        for (int place = 0; place < memory.size(); place++) {
            int session = question.isVisible(place) ? memory.session(place) : Names.NONE;
            if (session != Names.NONE) {
                count += lengths[session] == 0 ? 1 : 0;
                lengths[session] += memory.length(question.side(), place);
                sum += memory.length(question.side(), place);
            }
        }
        float average = Math.max(1, sum / Math.max(1, count));
        float[] ofSession = new float[sessions];
        float[] counts = new float[sessions];
        for (Term term : question.terms()) {
            Arrays.fill(counts, 0);
            for (int place : term.places()) {
                if (memory.session(place) != Names.NONE) {
                    counts[memory.session(place)]++;
                }
            }
            for (int session = 0; session < sessions; session++) {
                if (counts[session] > 0) {
                    ofSession[session] += bm25.score(term.rarity(), counts[session], lengths[session], average);
                }
            }
        }
        float[] scores = new float[memory.size()];
        for (int place = 0; place < scores.length; place++) {
            int session = question.isVisible(place) ? memory.session(place) : Names.NONE;
            scores[place] = session == Names.NONE ? Float.NaN : ofSession[session];
        }
        return scores;
    }
}

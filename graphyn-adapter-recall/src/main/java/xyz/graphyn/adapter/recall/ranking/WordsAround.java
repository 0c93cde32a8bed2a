package xyz.graphyn.adapter.recall.ranking;

import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.memory.Names;

/**
 * The question's words in the node and in what was said around it, as if it were one text in which the neighbours' words count
 * for less. Answers seldom repeat the words of what they answer. A long neighbour has words for anything, so it counts for less
 * still.
 */
final class WordsAround implements Signal {
    private final String name;
    private final Bm25 bm25;
    private final float[] before;
    private final float[] after;
    private final float fullLength;

    /**
     * @param before how much the words count of what was said one turn before, two turns before and so on
     * @param after the same for what was said after it
     * @param fullLength a neighbour of more words than this counts for less, so that all of it counts as this many would
     */
    WordsAround(String name, Bm25 bm25, float[] before, float[] after, float fullLength) {
        this.name = name;
        this.bm25 = bm25;
        this.before = before.clone();
        this.after = after.clone();
        this.fullLength = fullLength;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public float[] of(Question question) {
        Memory memory = question.memory();
        float[] scores = new float[memory.size()];
        if (question.terms().isEmpty()) {
            return scores;
        }
        float[] share = new float[memory.size()];
        float[] lengths = lengths(question, share);
        float average = average(question, lengths);
        float[] counts = new float[memory.size()];
        int[] touched = new int[memory.size()];
        for (Term term : question.terms()) {
            int size = 0;
            for (int i = 0; i < term.places().length; i++) {
                int from = term.places()[i];
                size = add(counts, touched, size, from, term.counts()[i]);
                float part = share[from] * term.counts()[i];
                for (int d = 0; d < before.length; d++) {
                    // What stands d turns before a node has the node d turns after itself.
                    size = spread(question, counts, touched, size, memory.neighbor(from, d + 1), before[d] * part);
                }
                for (int d = 0; d < after.length; d++) {
                    size = spread(question, counts, touched, size, memory.neighbor(from, -d - 1), after[d] * part);
                }
            }
            for (int i = 0; i < size; i++) {
                int place = touched[i];
                scores[place] += bm25.score(term.rarity(), counts[place], lengths[place], average);
                counts[place] = 0;
            }
        }
        return scores;
    }

    private static int spread(Question question, float[] counts, int[] touched, int size, int to, float count) {
        return to == Names.NONE || !question.isVisible(to) ? size : add(counts, touched, size, to, count);
    }

    private static int add(float[] counts, int[] touched, int size, int place, float count) {
        int next = size;
        if (counts[place] == 0) {
            touched[next++] = place;
        }
        counts[place] += count;
        return next;
    }

    private float[] lengths(Question question, float[] share) {
        Memory memory = question.memory();
        for (int place = 0; place < share.length; place++) {
            if (question.isVisible(place)) {
                share[place] = Math.min(1, fullLength / Math.max(1, memory.length(question.side(), place)));
            }
        }
        float[] lengths = new float[share.length];
        for (int place = 0; place < lengths.length; place++) {
            if (!question.isVisible(place)) {
                continue;
            }
            float length = memory.length(question.side(), place);
            for (int d = 0; d < before.length; d++) {
                length += before[d] * part(question, share, memory.neighbor(place, -d - 1));
            }
            for (int d = 0; d < after.length; d++) {
                length += after[d] * part(question, share, memory.neighbor(place, d + 1));
            }
            lengths[place] = length;
        }
        return lengths;
    }

    private static float part(Question question, float[] share, int neighbor) {
        return neighbor == Names.NONE ? 0 : share[neighbor] * question.memory().length(question.side(), neighbor);
    }

    private static float average(Question question, float[] lengths) {
        double sum = 0;
        for (float length : lengths) {
            sum += length;
        }
        return (float) Math.max(1, sum / Math.max(1, question.visibleCount()));
    }
}

package xyz.graphyn.adapter.recall.ranking;

import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.memory.Names;

/**
 * The question's words in the node and in what was said around it, as if it were one text in which the neighbours' words count
 * for less. Answers seldom repeat the words of what they answer. A long neighbour has words for anything, so it counts for less
 * still.
 */
final class WordsAround implements Signal<Question> {
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
        if (Math.max(before.length, after.length) > InOrder.REACH) {
            throw new IllegalArgumentException("no neighbour is looked for beyond " + InOrder.REACH);
        }
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
        if (question.terms().isEmpty()) {
            return NOTHING;
        }
        float[] scores = new float[memory.size()];
        Lengths all = question.audience().derived("lengths " + name, this::lengths);
        InOrder inOrder = InOrder.of(question.audience());
        Folded folded = new Folded(inOrder.places(), memory.size());
        for (Term term : question.terms()) {
            fold(term, inOrder.at(), all.share(), folded);
            float rarity = term.rarity() / question.wholeRarity();
            for (int i = 0; i < folded.size; i++) {
                int place = folded.touched[i];
                scores[place] += bm25.score(rarity, folded.counts[place], all.folded()[place], all.average());
                folded.counts[place] = 0;
            }
            folded.size = 0;
        }
        return scores;
    }

    private void fold(Term term, int[] at, float[] share, Folded folded) {
        for (int i = 0; i < term.places().length; i++) {
            int from = term.places()[i];
            folded.add(from, term.counts()[i]);
            float part = share[from] * term.counts()[i];
            for (int d = 0; d < before.length; d++) {
                // What stands d turns before a node has the node d turns after itself.
                folded.spread(at[from] + d + 1, before[d] * part);
            }
            for (int d = 0; d < after.length; d++) {
                folded.spread(at[from] - d - 1, after[d] * part);
            }
        }
    }

    /** How often a word stands in each node and around it, by place, and in which it does at all. */
    private static final class Folded {
        final float[] counts;
        final int[] touched;
        int size;
        private final int[] inOrder;

        Folded(int[] inOrder, int places) {
            this.inOrder = inOrder;
            this.counts = new float[places];
            this.touched = new int[places];
        }

        void spread(int at, float count) {
            int to = inOrder[at];
            if (to != Names.NONE) {
                add(to, count);
            }
        }

        void add(int place, float count) {
            if (counts[place] == 0) {
                touched[size++] = place;
            }
            counts[place] += count;
        }
    }

    /**
     * @param share how much of a neighbour's words count, by place: less of a long one's
     * @param folded how long each node is with what counts of its neighbours
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    private record Lengths(float[] share, float[] folded, float average) {}

    private Lengths lengths(Audience audience) {
        Memory memory = audience.memory();
        float[] share = new float[memory.size()];
        for (int place = 0; place < share.length; place++) {
            if (audience.isVisible(place)) {
                share[place] = Math.min(1, fullLength / Math.max(1, memory.length(audience.side(), place)));
            }
        }
        float[] folded = new float[memory.size()];
        int[] inOrder = InOrder.of(audience).places();
        double sum = 0;
        for (int i = InOrder.REACH; i < inOrder.length - InOrder.REACH; i++) {
            int place = inOrder[i];
            if (place == Names.NONE) {
                continue;
            }
            float length = memory.length(audience.side(), place);
            for (int d = 0; d < before.length; d++) {
                length += before[d] * part(audience, share, inOrder[i - d - 1]);
            }
            for (int d = 0; d < after.length; d++) {
                length += after[d] * part(audience, share, inOrder[i + d + 1]);
            }
            folded[place] = length;
            sum += length;
        }
        return new Lengths(share, folded, (float) Math.max(1, sum / Math.max(1, audience.visibleCount())));
    }

    private static float part(Audience audience, float[] share, int neighbor) {
        return neighbor == Names.NONE ? 0 : share[neighbor] * audience.memory().length(audience.side(), neighbor);
    }
}

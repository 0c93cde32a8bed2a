package xyz.graphyn.adapter.recall.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.work.Workers;
import xyz.graphyn.application.recall.Ranking;

/** Ranks all that may be found, and says why. */
public final class Ranker {
    private final Workers workers;

    /** @param workers on one of which everything here is called, and on which what takes long is shared */
    public Ranker(Workers workers) {
        this.workers = workers;
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    private record Shares(String signal, float weight, float[] scores) {
        float of(int place) {
            return weight * scores[place];
        }
    }

    /** Scores of all places, and what they are made of. */
    public static final class Scores {
        private final Question question;
        private final List<Shares> shares = new ArrayList<>();
        private final float[] total;

        private Scores(Question question) {
            this.question = question;
            this.total = new float[question.memory().size()];
        }

        private Scores(Scores other) {
            this.question = other.question;
            this.shares.addAll(other.shares);
            this.total = other.total.clone();
        }

        private <A> void add(List<Weighted<A>> signals, A asked) {
            for (Weighted<A> weighted : signals) {
                float[] scores = weighted.signal().of(asked);
                if (scores.length == 0) {
                    continue;
                }
                float weight = weighted.weight();
                for (int place = 0; place < total.length; place++) {
                    total[place] += weight * scores[place];
                }
                shares.add(new Shares(weighted.signal().name(), weight, scores));
            }
        }
    }

    /** What can be said before the vector of the question is known. */
    public Scores score(Question question) {
        Scores scores = new Scores(question);
        scores.add(Recipe.QUESTION, question);
        return scores;
    }

    /**
     * The best places first; what scores the same, the newest first, and then by id.
     *
     * @param scored by {@link #score}, which is not changed
     * @param vector of the question; null if there is none
     * @param wanted by place, which of what may be found is wanted
     */
    public List<Ranking.Hit> rank(Scores scored, byte @Nullable [] vector, boolean[] wanted, int limit) {
        Question question = scored.question;
        Memory memory = question.memory();
        Scores all = new Scores(scored);
        Nearness near = Nearness.of(question.audience(), vector, workers);
        if (vector != null) {
            all.add(Recipe.MEANING, near);
        }
        List<Integer> best = best(memory, all.total, wanted, limit);
        BestPassages passages = new BestPassages(question, near, best);
        return best.stream()
                .map(place -> new Ranking.Hit(
                        memory.id(place),
                        all.total[place],
                        shares(all.shares, place),
                        passages.terms(place),
                        passages.of(place)))
                .toList();
    }

    private static List<Integer> best(Memory memory, float[] total, boolean[] wanted, int limit) {
        Comparator<Integer> worstFirst = (one, other) -> {
            int byScore = Float.compare(total[one], total[other]);
            return byScore != 0 ? byScore : memory.before(one, other) ? -1 : 1;
        };
        PriorityQueue<Integer> best = new PriorityQueue<>(Math.max(1, limit), worstFirst);
        float least = Float.NEGATIVE_INFINITY;
        for (int place = 0; place < total.length; place++) {
            if (!wanted[place] || (total[place] < least)) {
                continue;
            }
            if (best.size() == limit && worstFirst.compare(best.element(), place) < 0) {
                best.remove();
            }
            if (best.size() < limit) {
                best.add(place);
            }
            if (best.size() == limit) {
                least = total[best.element()];
            }
        }
        List<Integer> ordered = new ArrayList<>(best);
        ordered.sort(worstFirst.reversed());
        return ordered;
    }

    private static Map<String, Double> shares(List<Shares> all, int place) {
        Map<String, Double> shares = new LinkedHashMap<>();
        all.stream()
                .filter(share -> share.of(place) > 0)
                .sorted(Comparator.comparingDouble((Shares share) -> share.of(place))
                        .reversed())
                .forEach(share -> shares.put(share.signal(), (double) share.of(place)));
        return shares;
    }
}

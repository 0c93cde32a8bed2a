package xyz.graphyn.adapter.recall.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.application.recall.Ranking;

/** Ranks all that may be found, and says why. */
public final class Ranker {
    private final List<Weighted> signals;

    private Ranker(List<Weighted> signals) {
        this.signals = signals;
    }

    /** With the weights that were measured. */
    public static Ranker usual() {
        return new Ranker(Recipe.SIGNALS);
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    private record Shares(String signal, float[] of) {}

    /**
     * The best places first; what scores the same, the newest first, and then by id.
     *
     * @param wanted by place, which of what may be found is wanted
     */
    public List<Ranking.Hit> rank(Question question, boolean[] wanted, int limit) {
        Memory memory = question.memory();
        List<Shares> all = new ArrayList<>();
        float[] total = new float[memory.size()];
        for (Weighted weighted : signals) {
            float[] scores = weighted.signal().of(question);
            Fusion.standardize(scores, question, weighted.weight());
            for (int place = 0; place < total.length; place++) {
                total[place] += scores[place];
            }
            all.add(new Shares(weighted.signal().name(), scores));
        }
        BestPassages passages = new BestPassages(question);
        return best(memory, total, wanted, limit).stream()
                .map(place -> new Ranking.Hit(
                        memory.id(place), total[place], shares(all, place), passages.terms(place), passages.of(place)))
                .toList();
    }

    private static List<Integer> best(Memory memory, float[] total, boolean[] wanted, int limit) {
        Comparator<Integer> worstFirst = (one, other) -> {
            int byScore = Float.compare(total[one], total[other]);
            return byScore != 0 ? byScore : memory.before(one, other) ? -1 : 1;
        };
        PriorityQueue<Integer> best = new PriorityQueue<>(Math.max(1, limit), worstFirst);
        for (int place = 0; place < total.length; place++) {
            if (!wanted[place]) {
                continue;
            }
            if (best.size() < limit) {
                best.add(place);
            } else if (total[best.element()] <= total[place] && worstFirst.compare(best.element(), place) < 0) {
                best.remove();
                best.add(place);
            }
        }
        List<Integer> ordered = new ArrayList<>(best);
        ordered.sort(worstFirst.reversed());
        return ordered;
    }

    private static Map<String, Double> shares(List<Shares> all, int place) {
        Map<String, Double> shares = new LinkedHashMap<>();
        all.stream()
                .filter(share -> share.of()[place] > 0)
                .sorted(Comparator.comparingDouble((Shares share) -> share.of()[place])
                        .reversed())
                .forEach(share -> shares.put(share.signal(), (double) share.of()[place]));
        return shares;
    }
}

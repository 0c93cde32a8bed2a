package xyz.graphyn.adapter.recall.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import xyz.graphyn.adapter.recall.memory.Units;
import xyz.graphyn.domain.memory.Span;

/** Which words of the question those nodes hold that were found, and which passages of a long content answer it best. */
final class BestPassages {
    static final int MOST = 3;

    /** What a passage's words and its meaning count for; each is at most about 1. */
    private static final float MEANING = 1;

    private final Question question;
    private final Nearness near;
    private final Units units;

    /** What the words of a passage count for, of the places that were found. */
    private final Map<Integer, Float> words = new HashMap<>();

    /** Which terms a node holds, as bits in their order. */
    private final Map<Integer, Long> held = new HashMap<>();

    BestPassages(Question question, Nearness near, List<Integer> found) {
        this.question = question;
        this.near = near;
        this.units = question.memory().units();
        boolean[] isFound = new boolean[question.memory().size()];
        found.forEach(place -> isFound[place] = true);
        for (int t = 0; t < question.terms().size(); t++) {
            Term term = question.terms().get(t);
            float share = term.rarity() / question.wholeRarity();
            for (int unit : term.units()) {
                int place = units.place(unit);
                if (isFound[place]) {
                    words.merge(unit, share, Float::sum);
                    held.merge(place, 1L << t, (one, other) -> one | other);
                }
            }
        }
    }

    List<String> terms(int place) {
        long bits = held.getOrDefault(place, 0L);
        List<String> terms = new ArrayList<>();
        for (int t = 0; t < question.terms().size(); t++) {
            if ((bits & 1L << t) != 0) {
                terms.add(question.terms().get(t).stem());
            }
        }
        return terms;
    }

    List<Span> of(int place) {
        int[] passages = units.of(place);
        if (passages.length < 2) {
            return List.of();
        }
        Map<Integer, Float> scores = new HashMap<>();
        int[] vectors = near.isKnown() ? units.vectors(place) : new int[0];
        int first = 0;
        for (int unit : passages) {
            Span span = units.span(unit);
            while (first < vectors.length
                    && units.vectors().span(vectors[first]).end() <= span.start()) {
                first++;
            }
            scores.put(unit, words.getOrDefault(unit, 0f) + MEANING * meaning(span, vectors, first));
        }
        return Arrays.stream(passages)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer unit) -> -scores.getOrDefault(unit, 0f)))
                .limit(MOST)
                .map(units::span)
                .toList();
    }

    /** @param first the first vector whose span may overlap; both are in the order of the content */
    private float meaning(Span span, int[] vectors, int first) {
        float best = 0;
        for (int i = first;
                i < vectors.length && units.vectors().span(vectors[i]).start() < span.end();
                i++) {
            best = Math.max(best, near.ofVectors()[vectors[i]]);
        }
        return best;
    }
}

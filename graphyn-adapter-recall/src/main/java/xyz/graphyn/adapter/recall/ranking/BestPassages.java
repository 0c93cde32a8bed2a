package xyz.graphyn.adapter.recall.ranking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import xyz.graphyn.adapter.recall.embedding.Vectors;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.memory.Units;
import xyz.graphyn.domain.memory.Span;

/** Which words of the question a node holds, and which passages of a long content answer it best. */
final class BestPassages {
    static final int MOST = 3;

    /** What a passage's words and its meaning count for; each is at most about 1. */
    private static final float MEANING = 1;

    private final Question question;
    private final Memory memory;
    private final Units units;
    private final float[] words;

    /** Which terms a node holds, as bits in their order. */
    private final long[] held;

    BestPassages(Question question) {
        this.question = question;
        this.memory = question.memory();
        this.units = memory.units();
        this.words = new float[units.size()];
        this.held = new long[memory.size()];
        for (int t = 0; t < question.terms().size(); t++) {
            Term term = question.terms().get(t);
            for (int unit : term.units()) {
                words[unit] += term.rarity() / question.wholeRarity();
                held[units.place(unit)] |= 1L << t;
            }
        }
    }

    List<String> terms(int place) {
        List<String> terms = new ArrayList<>();
        for (int t = 0; t < question.terms().size(); t++) {
            if ((held[place] & 1L << t) != 0) {
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
        float[] near = near(place);
        int first = 0;
        for (int unit : passages) {
            Span span = units.span(unit);
            while (first < near.length && units.spanOfVector(place, first).end() <= span.start()) {
                first++;
            }
            scores.put(unit, words[unit] + MEANING * meaning(place, span, near, first));
        }
        return Arrays.stream(passages)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer unit) -> -scores.getOrDefault(unit, 0f)))
                .limit(MOST)
                .map(units::span)
                .toList();
    }

    /** How near each vector of a node is to the question; none if the question has none. */
    private float[] near(int place) {
        byte[] asked = question.vector();
        byte[][] vectors = units.vectors(place);
        float[] near = new float[asked == null ? 0 : vectors.length];
        for (int i = 0; asked != null && i < near.length; i++) {
            near[i] = Vectors.similarity(asked, vectors[i]);
        }
        return near;
    }

    /** @param first the first vector whose span may overlap; both are in the order of the content */
    private float meaning(int place, Span span, float[] near, int first) {
        float best = 0;
        for (int i = first; i < near.length && units.spanOfVector(place, i).start() < span.end(); i++) {
            best = Math.max(best, near[i]);
        }
        return best;
    }
}

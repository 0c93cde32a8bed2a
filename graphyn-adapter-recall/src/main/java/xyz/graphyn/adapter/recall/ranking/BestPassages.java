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
        for (int unit : passages) {
            scores.put(unit, words[unit] + MEANING * meaning(place, units.span(unit)));
        }
        return Arrays.stream(passages)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer unit) -> -scores.getOrDefault(unit, 0f)))
                .limit(MOST)
                .map(units::span)
                .toList();
    }

    private float meaning(int place, Span span) {
        byte[] asked = question.vector();
        float best = 0;
        byte[][] vectors = units.vectors(place);
        for (int i = 0; asked != null && i < vectors.length; i++) {
            Span of = units.spanOfVector(place, i);
            if (of.start() < span.end() && span.start() < of.end()) {
                best = Math.max(best, Vectors.similarity(asked, vectors[i]));
            }
        }
        return best;
    }
}

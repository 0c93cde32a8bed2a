package xyz.graphyn.benchmarks.recall;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Evidence recall, averaged over questions, for each group of them. */
final class Scores {
    /** One for each column: a share from 0 to 1 for each question. */
    private final Map<String, List<double[]>> questions = new TreeMap<>();

    void add(String group, double[] recall) {
        questions.computeIfAbsent(group, unused -> new ArrayList<>()).add(recall);
    }

    /** The share of the evidence that is among the first. */
    static double recall(List<String> turns, int first, List<String> evidence) {
        Set<String> there = new HashSet<>(turns.subList(0, Math.min(first, turns.size())));
        return (double) evidence.stream().filter(there::contains).count() / evidence.size();
    }

    Set<String> groups() {
        return questions.keySet();
    }

    int count(String group) {
        return questions.getOrDefault(group, List.of()).size();
    }

    double[] mean(String group) {
        List<double[]> all = questions.getOrDefault(group, List.of());
        double[] sum = new double[all.getFirst().length];
        all.forEach(one -> Arrays.setAll(sum, column -> sum[column] + one[column]));
        return Arrays.stream(sum).map(value -> value / all.size()).toArray();
    }
}

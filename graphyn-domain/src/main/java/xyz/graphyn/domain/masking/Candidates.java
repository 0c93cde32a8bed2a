package xyz.graphyn.domain.masking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What recognizers found in one text, as it comes; in the end, findings that follow each other and cover all of it. */
final class Candidates {
    private record Candidate(int start, int end, Kind kind, String rule, int weight) {}

    private static final Comparator<Candidate> BY_PLACE =
            Comparator.comparingInt(Candidate::start).thenComparing(Comparator.comparingInt(Candidate::end));

    private static final Comparator<Candidate> BY_WEIGHT = Comparator.comparingInt(Candidate::weight)
            .thenComparingInt(candidate -> candidate.end - candidate.start)
            .reversed()
            .thenComparing(BY_PLACE)
            .thenComparing(Candidate::kind)
            .thenComparing(Candidate::rule);

    private final List<Candidate> found = new ArrayList<>();

    void add(int start, int end, Kind kind, String rule, int weight) {
        found.add(new Candidate(start, end, kind, rule, weight));
    }

    /** Of the text in which the candidates are, which says whether what is left between findings is worth hiding. */
    List<Finding> resolve(String text) {
        if (found.isEmpty()) {
            return List.of();
        }
        found.sort(BY_PLACE);
        List<Finding> findings = new ArrayList<>(found.size());
        int from = 0;
        int end = found.getFirst().end;
        for (int i = 1; i < found.size(); i++) {
            Candidate next = found.get(i);
            if (next.start >= end) {
                settle(found.subList(from, i), text, findings);
                from = i;
            }
            end = Math.max(end, next.end);
        }
        settle(found.subList(from, found.size()), text, findings);
        return findings;
    }

    /** Candidates that hang together: the heaviest gets its span, and the others what is left of theirs. */
    private static void settle(List<Candidate> chain, String text, List<Finding> findings) {
        if (chain.size() == 1) {
            Candidate only = chain.getFirst();
            findings.add(new Finding(only.start, only.end, only.kind, only.rule));
            return;
        }
        List<Candidate> byWeight = new ArrayList<>(chain);
        byWeight.sort(BY_WEIGHT);
        NavigableMap<Integer, Finding> taken = new TreeMap<>();
        for (Candidate candidate : byWeight) {
            place(candidate, text, taken);
        }
        findings.addAll(taken.values());
    }

    private static void place(Candidate candidate, String text, NavigableMap<Integer, Finding> taken) {
        int at = candidate.start;
        var before = taken.floorEntry(at);
        if (before != null) {
            at = Math.max(at, before.getValue().end());
        }
        while (at < candidate.end) {
            var next = taken.ceilingEntry(at);
            int to = next == null ? candidate.end : Math.min(candidate.end, next.getKey());
            boolean whole = at == candidate.start && to == candidate.end;
            if (to > at && (whole || says(text, at, to))) {
                taken.put(at, new Finding(at, to, candidate.kind, candidate.rule));
            }
            at = next == null ? to : Math.max(to, next.getValue().end());
        }
    }

    /** Whether a piece holds more than punctuation. */
    private static boolean says(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            if (Character.isLetterOrDigit(text.charAt(i)) || text.charAt(i) > 127) {
                return true;
            }
        }
        return false;
    }
}

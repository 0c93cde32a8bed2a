package xyz.graphyn.domain.masking;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import xyz.graphyn.domain.access.AccessLevel;

/**
 * What somebody was shown of what is sensitive: how many findings of which kind, at which level; never a value. Kinds that an
 * organization leaves unhidden are counted too, as raw: what the trail says must not depend on who changed the policy.
 *
 * @param counts for each level at which there were any: how many of each kind, by name, each above 0
 */
public record Disclosure(Map<AccessLevel, SortedMap<Kind, Integer>> counts) {
    /** Of nothing sensitive. */
    public static final Disclosure NONE = new Disclosure(Map.of());

    public Disclosure {
        Map<AccessLevel, SortedMap<Kind, Integer>> copy = new EnumMap<>(AccessLevel.class);
        counts.forEach((level, kinds) -> {
            if (!kinds.isEmpty()) {
                copy.put(level, Collections.unmodifiableSortedMap(new TreeMap<>(kinds)));
            }
        });
        counts = Collections.unmodifiableMap(copy);
    }

    /** Of these findings to somebody of that view. */
    public static Disclosure of(Collection<Finding> findings, View view) {
        if (findings.isEmpty()) {
            return NONE;
        }
        Map<AccessLevel, SortedMap<Kind, Integer>> counts = new EnumMap<>(AccessLevel.class);
        findings.forEach(finding -> count(counts, view.of(finding.kind()), finding.kind(), 1));
        return new Disclosure(counts);
    }

    /** Of all that a row has. */
    public static Disclosure of(Findings findings, View view) {
        return findings.isEmpty()
                ? NONE
                : of(findings.byField().values().stream().flatMap(List::stream).toList(), view);
    }

    /** Of all these together. */
    public static Disclosure sum(Collection<Disclosure> parts) {
        Map<AccessLevel, SortedMap<Kind, Integer>> counts = new EnumMap<>(AccessLevel.class);
        for (Disclosure part : parts) {
            part.counts.forEach((level, kinds) -> kinds.forEach((kind, n) -> count(counts, level, kind, n)));
        }
        return counts.isEmpty() ? NONE : new Disclosure(counts);
    }

    public Disclosure plus(Disclosure other) {
        return other.isEmpty() ? this : isEmpty() ? other : sum(List.of(this, other));
    }

    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** How many findings were hidden, by a mask or behind a hint. */
    public int hidden() {
        return at(AccessLevel.MASKED) + at(AccessLevel.PARTIAL);
    }

    /** How many were shown as they came. */
    public int raw() {
        return at(AccessLevel.RAW);
    }

    /** For an audit entry: a member for each level, such as {@code raw: EMAIL 2, PHONE 1}, kinds by name. */
    public Map<String, String> details() {
        if (isEmpty()) {
            return Map.of();
        }
        SortedMap<String, String> details = new TreeMap<>();
        counts.forEach((level, kinds) -> details.put(
                level.name().toLowerCase(Locale.ROOT),
                kinds.entrySet().stream()
                        .map(kind -> kind.getKey() + " " + kind.getValue())
                        .collect(joining(", "))));
        return details;
    }

    private int at(AccessLevel level) {
        SortedMap<Kind, Integer> kinds = counts.get(level);
        return kinds == null
                ? 0
                : kinds.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static void count(Map<AccessLevel, SortedMap<Kind, Integer>> counts, AccessLevel level, Kind kind, int n) {
        counts.computeIfAbsent(level, l -> new TreeMap<>()).merge(kind, n, Integer::sum);
    }
}

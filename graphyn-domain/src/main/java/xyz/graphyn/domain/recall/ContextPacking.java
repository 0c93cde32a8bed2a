package xyz.graphyn.domain.recall;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.recall.ContextText.Heading;

/**
 * Fills a budget of tokens with the best of what was found. An entry that is too long for what is left is passed over for
 * shorter ones behind it, but not for ones far behind.
 */
public final class ContextPacking {
    /** More entries in a row that don't fit mean that what is left is too little to be worth the search. */
    private static final int MOST_PASSED = 20;

    /** An upper bound of the tokens that are counted as one line alone but not in the text, and the other way round. */
    private static final int SLACK = 8;

    /** How much a score falls where an entry is e times as long. Measured: more of it hurts. */
    private static final double LENGTH = 0.06;

    /** What was counted once, masked or not, is not so far from what it would be that this many times could be less. */
    private static final int LONG = 4;

    private final int budget;
    private final ToIntFunction<String> tokens;

    /**
     * @param budget how many tokens the text may have, from 0
     * @param tokens counts those of a text
     */
    public ContextPacking(int budget, ToIntFunction<String> tokens) {
        this.budget = budget;
        this.tokens = tokens;
    }

    /**
     * @param entries in the order of the text
     * @param tokens of the text
     */
    public record Packed(String text, List<ContextEntry> entries, int tokens) {
        public Packed {
            entries = List.copyOf(entries);
        }
    }

    /**
     * An entry that may be taken.
     *
     * @param brief with the part of its content that matters
     * @param whole with all of it; null if that is the same
     * @param score higher is better
     */
    public record Option(Shown brief, @Nullable Shown whole, double score) {}

    /** @param place by which it is named when it is taken */
    public record Shown(int place, ContextEntry entry) {}

    /**
     * The best first, each as briefly as it may be; what is left of the budget then goes to the whole of the best.
     *
     * @return the places of those that {@link #write} makes a text of which is within the budget
     */
    public List<Integer> pick(List<Option> options) {
        List<Option> ranked = options.stream()
                .map(option -> new Option(option.brief(), option.whole(), worth(option)))
                .sorted(Comparator.comparingDouble(Option::score).reversed())
                .toList();
        List<Shown> chosen = choose(ranked);
        while (!chosen.isEmpty()
                && write(chosen.stream().map(Shown::entry).toList()).tokens() > budget) {
            chosen.removeLast();
        }
        return chosen.stream().map(Shown::place).toList();
    }

    /** Of two that matter alike, the shorter leaves room for more. */
    private static double worth(Option option) {
        return option.score()
                - LENGTH * Math.log(option.brief().entry().node().content().length());
    }

    /** @param entries in any order */
    public Packed write(List<ContextEntry> entries) {
        List<ContextEntry> ordered = ContextText.inOrder(entries);
        String text = ContextText.of(ordered);
        return new Packed(text, ordered, tokens.applyAsInt(text));
    }

    /** Those that fit by the sum of their lines, which is near to what the text as a whole has. */
    private List<Shown> choose(List<Option> ranked) {
        List<Option> taken = new ArrayList<>();
        Set<Heading> headings = new HashSet<>();
        int left = budget + SLACK;
        int passed = 0;
        for (Option option : ranked) {
            ContextEntry entry = option.brief().entry();
            Heading heading = Heading.of(entry.node());
            int cost = tokens.applyAsInt(entry.line())
                    + (headings.contains(heading) ? 0 : tokens.applyAsInt(heading.line()));
            if (cost > left) {
                if (++passed == MOST_PASSED) {
                    break;
                }
                continue;
            }
            passed = 0;
            left -= cost;
            headings.add(heading);
            taken.add(option);
        }
        return grown(taken, left);
    }

    private List<Shown> grown(List<Option> taken, int left) {
        List<Shown> chosen = new ArrayList<>();
        int more = left - SLACK;
        for (Option option : taken) {
            Shown whole = option.whole();
            int cost = whole == null || whole.entry().node().tokens() > LONG * (long) more
                    ? Integer.MAX_VALUE
                    : tokens.applyAsInt(whole.entry().line())
                            - tokens.applyAsInt(option.brief().entry().line());
            if (whole != null && cost <= more) {
                more -= cost;
                chosen.add(whole);
            } else {
                chosen.add(option.brief());
            }
        }
        return chosen;
    }
}

package xyz.graphyn.domain.recall;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
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
        List<Line> ranked = options.stream()
                .sorted(Comparator.comparingDouble(ContextPacking::worth).reversed())
                .map(Line::new)
                .toList();
        List<Line> taken = fill(ranked, budget + SLACK);
        // The text says some things once that each line says for itself, and so has room for more lines.
        taken = fill(
                ranked,
                budget + SLACK + Math.max(0, budget - written(taken.stream().map(Line::brief))));
        List<Shown> chosen = grown(taken, budget - written(taken.stream().map(Line::brief)));
        while (!chosen.isEmpty() && written(chosen.stream()) > budget) {
            chosen.removeLast();
        }
        return chosen.stream().map(Shown::place).toList();
    }

    private int written(Stream<Shown> shown) {
        return write(shown.map(Shown::entry).toList()).tokens();
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

    /** Those that fit by the sum of their lines. */
    private static List<Line> fill(List<Line> ranked, int allowance) {
        List<Line> taken = new ArrayList<>();
        Set<Heading> headings = new HashSet<>();
        Set<Integer> years = new HashSet<>();
        int left = allowance;
        int passed = 0;
        for (Line line : ranked) {
            Heading heading = Heading.of(line.brief().entry().node());
            int year = heading.day().getYear();
            int cost = line.cost() + (headings.contains(heading) ? 0 : line.cost(heading, years.contains(year)));
            if (cost > left) {
                if (++passed == MOST_PASSED) {
                    break;
                }
                continue;
            }
            passed = 0;
            left -= cost;
            headings.add(heading);
            years.add(year);
            taken.add(line);
        }
        return taken;
    }

    /** What is left goes to the whole of the best. */
    private List<Shown> grown(List<Line> taken, int left) {
        List<Shown> chosen = new ArrayList<>();
        int more = left;
        for (Line line : taken) {
            Shown whole = line.option.whole();
            int cost = whole == null || whole.entry().node().tokens() > LONG * (long) more
                    ? Integer.MAX_VALUE
                    : tokens.applyAsInt(whole.entry().line()) - line.cost();
            if (whole != null && cost <= more) {
                more -= cost;
                chosen.add(whole);
            } else {
                chosen.add(line.brief());
            }
        }
        return chosen;
    }

    /** An option as a line of its own, whose tokens are counted when it is looked at first. */
    private final class Line {
        private static final int UNKNOWN = -1;

        private final Option option;
        private int cost = UNKNOWN;

        Line(Option option) {
            this.option = option;
        }

        Shown brief() {
            return option.brief();
        }

        int cost() {
            if (cost == UNKNOWN) {
                cost = tokens.applyAsInt(brief().entry().line());
            }
            return cost;
        }

        int cost(Heading heading, boolean yearKnown) {
            return tokens.applyAsInt(heading.line(yearKnown));
        }
    }
}

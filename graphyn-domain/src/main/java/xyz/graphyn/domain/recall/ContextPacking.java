package xyz.graphyn.domain.recall;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
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
     * @param ranked best first
     * @return the places of those that {@link #write} makes a text of which is within the budget; best first
     */
    public List<Integer> pick(List<ContextEntry> ranked) {
        List<Integer> chosen = choose(ranked);
        while (!chosen.isEmpty()
                && write(chosen.stream().map(ranked::get).toList()).tokens() > budget) {
            chosen.removeLast();
        }
        return chosen;
    }

    /** @param entries in any order */
    public Packed write(List<ContextEntry> entries) {
        List<ContextEntry> ordered = ContextText.inOrder(entries);
        String text = ContextText.of(ordered);
        return new Packed(text, ordered, tokens.applyAsInt(text));
    }

    /** Those that fit by the sum of their lines, which is near to what the text as a whole has. */
    private List<Integer> choose(List<ContextEntry> ranked) {
        List<Integer> chosen = new ArrayList<>();
        Set<Heading> headings = new HashSet<>();
        int left = budget + SLACK;
        int passed = 0;
        for (int i = 0; i < ranked.size(); i++) {
            ContextEntry entry = ranked.get(i);
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
            chosen.add(i);
        }
        return chosen;
    }
}

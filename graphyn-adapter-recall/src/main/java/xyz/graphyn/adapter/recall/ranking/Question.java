package xyz.graphyn.adapter.recall.ranking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.memory.Names;
import xyz.graphyn.adapter.recall.memory.Side;
import xyz.graphyn.adapter.recall.text.Word;
import xyz.graphyn.adapter.recall.text.Words;

/**
 * What is asked of a memory, taken apart. It holds what the memory says now, so it lives no longer than the memory stays as it is.
 */
public final class Question {
    /** Of more words, the rarest are looked for: a page of text has fewer that matter. */
    static final int MAX_TERMS = 64;

    /** A page of text is no question about somebody. */
    private static final int MAX_NAMING = 100;

    private static final int LONGEST_NAMING = 1_000;

    private static final Pattern AS_ONE = Pattern.compile("\\b(?:and|both|or)\\b|&");
    private static final Pattern CAPITALIZED = Pattern.compile("\\b\\p{Lu}\\p{L}{2,}");

    private final Audience audience;
    private final String text;
    private final List<Word> words;
    private final Set<Integer> named = new HashSet<>();
    private final int subject;
    private final List<Term> terms;
    private final float wholeRarity;

    /**
     * @param audience who asks: what they may see alone counts, for the statistics of words too
     */
    public Question(String text, Words analysis, Audience audience) {
        this.audience = audience;
        this.text = text;
        this.words = analysis.of(text);
        Set<String> names = new HashSet<>();
        for (Word word : words.subList(0, Math.min(MAX_NAMING, words.size()))) {
            Set<Integer> meant = audience.people().meant(word.plain());
            if (!meant.isEmpty()) {
                named.addAll(meant);
                names.add(word.plain());
            }
        }
        this.subject = subject(text, audience.people());
        this.terms = terms(names);
        float sum = 0;
        for (Term term : terms) {
            sum += term.rarity();
        }
        this.wholeRarity = sum;
    }

    private static int subject(String text, People people) {
        if (people.count() < 2
                || text.length() > LONGEST_NAMING
                || AS_ONE.matcher(text).find()) {
            return Names.NONE;
        }
        List<Integer> inOrder = new ArrayList<>();
        for (Matcher word = CAPITALIZED.matcher(text); word.find(); ) {
            Set<Integer> meant = people.meant(word.group().toLowerCase(Locale.ROOT));
            if (meant.size() == 1 && !inOrder.containsAll(meant)) {
                inOrder.addAll(meant);
            }
        }
        return inOrder.size() == 2 ? inOrder.getFirst() : Names.NONE;
    }

    /** The name of a speaker is not looked for in what was said: who speaks seldom names himself. */
    private List<Term> terms(Set<String> names) {
        List<String> stems = words.stream()
                .filter(word -> Words.tells(word.plain()))
                .filter(word -> !names.contains(word.plain()))
                .map(Word::stem)
                .distinct()
                .toList();
        TermFinder finder = new TermFinder(audience);
        List<Term> found = new ArrayList<>();
        for (String stem : stems) {
            Term term = finder.find(stem);
            if (term.places().length > 0) {
                found.add(term);
            }
        }
        if (found.size() > MAX_TERMS) {
            found.sort(Comparator.comparingDouble(Term::rarity).reversed().thenComparing(Term::stem));
            return List.copyOf(found.subList(0, MAX_TERMS));
        }
        return found;
    }

    /** What is to be embedded for it. */
    public static String toEmbed(String text, Audience audience) {
        return FirstPerson.of(text, audience.people());
    }

    Audience audience() {
        return audience;
    }

    Memory memory() {
        return audience.memory();
    }

    Side side() {
        return audience.side();
    }

    String text() {
        return text;
    }

    List<Word> words() {
        return words;
    }

    boolean isVisible(int place) {
        return audience.isVisible(place);
    }

    int visibleCount() {
        return audience.visibleCount();
    }

    /** The speakers that the question names, by their numbers. */
    Set<Integer> named() {
        return named;
    }

    /** Some, but not all: that all are named tells nothing. */
    boolean namesSomePeople() {
        return !named.isEmpty() && named.size() < audience.people().count();
    }

    /** Of two speakers that are named but not as one, the first; else {@link Names#NONE}. */
    int subject() {
        return subject;
    }

    /** That some node holds; the rarest, if there are too many. */
    List<Term> terms() {
        return terms;
    }

    /** What share each term has of all, by its stem. */
    public Map<String, Double> shares() {
        Map<String, Double> shares = new HashMap<>();
        terms.forEach(term -> shares.put(term.stem(), (double) term.rarity() / wholeRarity));
        return wholeRarity == 0 ? Map.of() : shares;
    }

    /** Of all terms together. */
    float wholeRarity() {
        return wholeRarity;
    }
}

package xyz.graphyn.domain.memory;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Whether two texts say the same in the same words, or nearly the same. Case, accents, space and the marks between words don't
 * matter; figures, symbols and question marks do.
 */
public final class SameWords {
    /** What has fewer is said again and again, and means something else each time: {@code Yes, please.} */
    public static final int LEAST = 5;

    /** The share of all words of both that both must have, to be nearly the same. */
    public static final double OVERLAP = 0.85;

    private static final Pattern WORD = Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{S}?%#@&]"
            + "|-(?=\\p{N})|[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*(?:['\u2019][\\p{L}]+)?");
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Set<String> NEGATIONS = Set.of(
            "no", "not", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "cannot", "cant",
            "dont", "nicht", "kein", "keine", "nie", "pas", "jamais", "nunca");

    private SameWords() {}

    /** What is equal for texts of the same words; empty if the text has fewer than {@value #LEAST}. */
    public static Optional<String> of(String text) {
        List<String> words = words(text);
        return words.size() < LEAST ? Optional.empty() : Optional.of(String.join(" ", words));
    }

    /**
     * Whether the words differ so little that, of texts of the same meaning, one says nothing that the other does not: by at
     * most a share of {@link #OVERLAP}, and not in figures, symbols or negations.
     */
    public static boolean nearly(String one, String other) {
        List<String> ones = words(one);
        List<String> others = words(other);
        if (ones.size() < LEAST || others.size() < LEAST || !deciding(ones).equals(deciding(others))) {
            return false;
        }
        Set<String> all = new HashSet<>(ones);
        Set<String> both = new HashSet<>(others);
        all.addAll(others);
        both.retainAll(new HashSet<>(ones));
        return both.size() >= OVERLAP * all.size();
    }

    private static List<String> deciding(List<String> words) {
        return words.stream()
                .filter(word -> !Character.isLetter(word.codePointAt(0))
                        || word.codePoints().anyMatch(Character::isDigit)
                        || NEGATIONS.contains(word)
                        || word.endsWith("n't"))
                .toList();
    }

    private static List<String> words(String text) {
        String plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        return WORD.matcher(plain.toLowerCase(Locale.ROOT).replace('\u2019', '\''))
                .results()
                .map(MatchResult::group)
                .toList();
    }
}

package xyz.graphyn.domain.recall;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import xyz.graphyn.domain.memory.Span;

/**
 * Chooses the part of a content that matters for a question: the best sentence, and those around it as far as a few dozen tokens
 * go. Two sentences at least, where they are not long, because one alone seldom says what it is about.
 */
public final class BestSentences {
    /** How much of a content is kept: this share, within these bounds. They were measured: see ADR 21. */
    private static final double SHARE = 0.4;

    private static final int LEAST_TOKENS = 25;
    private static final int MOST_TOKENS = 80;

    /** So little would be left out that it is not worth a gap. */
    private static final double NEARLY_ALL = 1.15;

    /** How far beyond the bound a second sentence may go. */
    private static final double STRETCH = 1.6;

    private static final int FEWEST_SENTENCES = 2;

    /** What ends like a sentence and is shorter belongs to the one before: an initial, a number. */
    private static final int SHORTEST = 12;

    /** What goes on for longer is cut behind a word, or where it is. */
    private static final int LONGEST = 400;

    /** A sentence of fewer words says little: "Yes, sure." */
    private static final int FEW_WORDS = 4;

    /** What the best, the second and the third of the likely passages are worth, beside words that are worth 1 together. */
    private static final double[] LIKELY = {0.5, 0.35, 0.25};

    private BestSentences() {}

    private record Sentence(Span span, double tokens, double worth, boolean telling) {}

    /**
     * @param content as the reader may know it
     * @param tokens of all of it
     * @param words those of the question, where they stand in it
     * @param weights what each of them is worth
     * @param likely passages that matter for another reason, best first
     * @return empty if the content is short enough to be kept as it is
     */
    public static Optional<Span> of(
            String content, int tokens, List<FoundWord> words, Map<String, Double> weights, List<Span> likely) {
        double most = Math.clamp(SHARE * tokens, LEAST_TOKENS, MOST_TOKENS);
        if (tokens <= NEARLY_ALL * most) {
            return Optional.empty();
        }
        List<Sentence> sentences = new ArrayList<>();
        int next = 0;
        for (Span span : sentences(content)) {
            Set<String> held = new HashSet<>();
            for (; next < words.size() && words.get(next).start() < span.end(); next++) {
                held.add(words.get(next).term());
            }
            sentences.add(sentence(content, span, tokens, held, weights, likely));
        }
        Span chosen = grow(sentences, most);
        return chosen.end() - chosen.start() >= 0.9 * content.length() ? Optional.empty() : Optional.of(chosen);
    }

    private static Sentence sentence(
            String content, Span span, int tokens, Set<String> held, Map<String, Double> weights, List<Span> likely) {
        double worth = held.stream()
                .mapToDouble(term -> weights.getOrDefault(term, 0.0))
                .sum();
        for (int i = 0; i < Math.min(likely.size(), LIKELY.length); i++) {
            if (likely.get(i).start() < span.end()
                    && span.start() < likely.get(i).end()) {
                worth += LIKELY[i];
                break;
            }
        }
        boolean telling =
                content.substring(span.start(), span.end()).strip().split("\\s+", FEW_WORDS).length == FEW_WORDS;
        double share = (double) (span.end() - span.start()) / content.length();
        return new Sentence(span, share * tokens, telling ? worth : worth - 1, telling);
    }

    /** From the best sentence to the better of its neighbours, that behind it where they are the same. */
    private static Span grow(List<Sentence> sentences, double most) {
        int first = 0;
        for (int i = 1; i < sentences.size(); i++) {
            if (sentences.get(i).worth() > sentences.get(first).worth()) {
                first = i;
            }
        }
        int last = first;
        double sum = sentences.get(first).tokens();
        int telling = sentences.get(first).telling() ? 1 : 0;
        while (first > 0 || last < sentences.size() - 1) {
            boolean before = last == sentences.size() - 1
                    || (first > 0
                            && sentences.get(first - 1).worth()
                                    > sentences.get(last + 1).worth());
            Sentence more = sentences.get(before ? first - 1 : last + 1);
            double bound = telling < FEWEST_SENTENCES ? STRETCH * most : most;
            if (sum + more.tokens() > bound) {
                break;
            }
            sum += more.tokens();
            telling += more.telling() ? 1 : 0;
            first -= before ? 1 : 0;
            last += before ? 0 : 1;
        }
        return new Span(
                sentences.get(first).span().start(), sentences.get(last).span().end());
    }

    /** All of the content, cut behind what ends a sentence or a line. */
    private static List<Span> sentences(String content) {
        List<Span> sentences = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= content.length(); i++) {
            if (i < content.length() && !isEnd(content, i) && !isTooLong(content, start, i)) {
                continue;
            }
            if (i - start < SHORTEST && !sentences.isEmpty()) {
                start = sentences.removeLast().start();
            }
            sentences.add(new Span(start, i));
            start = i;
        }
        return sentences;
    }

    private static boolean isTooLong(String content, int start, int at) {
        return at - start >= LONGEST
                && (Character.isWhitespace(content.charAt(at - 1))
                        || (at - start >= 2 * LONGEST && !Character.isLowSurrogate(content.charAt(at))));
    }

    private static boolean isEnd(String content, int at) {
        char last = content.charAt(at - 1);
        if (last == '\n' || last == '\u3002' || last == '\uff01' || last == '\uff1f') {
            return true;
        }
        return Character.isWhitespace(last)
                && at >= 2
                && (content.charAt(at - 2) == '.' || content.charAt(at - 2) == '!' || content.charAt(at - 2) == '?');
    }
}

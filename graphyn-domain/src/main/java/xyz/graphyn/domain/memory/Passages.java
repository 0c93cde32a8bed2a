package xyz.graphyn.domain.memory;

import java.util.ArrayList;
import java.util.List;
import xyz.graphyn.domain.masking.Finding;

/**
 * Divides a content that is too long to be compared, or shown, as one: at the ends of paragraphs, lines, sentences or words, in
 * this order of preference, and never within a finding. Takes time linear in the content.
 */
public final class Passages {
    /** Up to here a content is one passage: about 200 tokens of English, as much as small models of meaning read well. */
    public static final int MAX_WHOLE = 800;

    /** Of a longer content: a few sentences, which are about one thing. */
    public static final int MAX_LENGTH = 400;

    /** No passage is shorter than this for the sake of a better end, but for the last. */
    private static final int MIN_LENGTH = MAX_LENGTH / 2;

    private Passages() {}

    /**
     * @param content not empty
     * @param findings of the content, in their order, none overlapping
     * @return the whole content, without gap or overlap, in its order. One of at most {@value #MAX_WHOLE} UTF-16 units, or
     *     each at most {@value #MAX_LENGTH} units long, but for one that a longer finding is in
     */
    public static List<Span> of(String content, List<Finding> findings) {
        if (content.length() <= MAX_WHOLE) {
            return List.of(new Span(0, content.length()));
        }
        List<Span> passages = new ArrayList<>();
        int next = 0;
        for (int start = 0; start < content.length(); start = passages.getLast().end()) {
            int end = content.length() - start <= MAX_LENGTH ? content.length() : end(content, start);
            while (next < findings.size() && findings.get(next).end() <= end) {
                next++;
            }
            if (next < findings.size() && findings.get(next).start() < end) {
                end = findings.get(next).start() > start
                        ? findings.get(next).start()
                        : findings.get(next).end();
            }
            passages.add(new Span(start, end));
        }
        return passages;
    }

    private static int end(String content, int start) {
        int most = start + MAX_LENGTH;
        int best = most;
        int bestRank = 0;
        for (int end = most; end > start + MIN_LENGTH; end--) {
            int rank = rank(content, end);
            if (rank > bestRank) {
                best = end;
                bestRank = rank;
            }
        }
        return bestRank == 0 && Character.isLowSurrogate(content.charAt(best)) ? best - 1 : best;
    }

    /** How good an end this is: 4 behind a paragraph, 3 behind a line, 2 behind a sentence, 1 behind a word, 0 elsewhere. */
    private static int rank(String content, int end) {
        char last = content.charAt(end - 1);
        char before = content.charAt(end - 2);
        if (last == '\n') {
            return before == '\n' ? 4 : 3;
        }
        if (last == '\u3002' || last == '\uff01' || last == '\uff1f') {
            return 2;
        }
        if (last != ' ') {
            return 0;
        }
        return before == '.' || before == '!' || before == '?' ? 2 : 1;
    }
}

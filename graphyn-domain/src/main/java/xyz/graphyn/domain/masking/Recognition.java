package xyz.graphyn.domain.masking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Has the passages of a document searched, one after the other, and says where in the document the hits are. A passage in
 * which something was found is searched again with that blanked, as it will be where it is shown: what a value hides of its
 * neighbour is found then, and not only by whoever searches the masked text.
 */
final class Recognition implements Hits {
    /** Three values in a row that hide each other are all found; more of them are nobody's text. */
    private static final int MAX_ROUNDS = 3;

    private record Span(int start, int end) {}

    private final Recognizer recognizer;
    private final Candidates out;
    private final List<Span> hits = new ArrayList<>();
    private Source source = Source.whole("");
    private String searched = "";
    private boolean number;

    Recognition(Recognizer recognizer, Candidates out) {
        this.recognizer = recognizer;
        this.out = out;
    }

    /**
     * Returns whether anything was found. What is found in a number is the number.
     *
     * @param text that of the source, with what is masked in it {@link AlreadyMasked#blanked}
     */
    boolean search(Source passage, String text, String name, String around, boolean ofNumber) {
        if (text.isEmpty()) {
            return false;
        }
        source = passage;
        searched = text;
        number = ofNumber;
        boolean any = false;
        for (int round = 1; round <= MAX_ROUNDS; round++) {
            hits.clear();
            recognizer.search(new Passage(searched, name, around, ofNumber), this);
            if (hits.isEmpty() || ofNumber) {
                return any || !hits.isEmpty();
            }
            any = true;
            searched = withoutHits();
        }
        return any;
    }

    private String withoutHits() {
        char[] rest = searched.toCharArray();
        for (Span hit : hits) {
            Arrays.fill(rest, hit.start, hit.end, AlreadyMasked.BLANK);
        }
        return new String(rest);
    }

    @Override
    public void add(int start, int end, Kind kind, String rule, int weight) {
        if (AlreadyMasked.isAll(searched, start, end)) {
            return;
        }
        String text = source.text;
        int from = number ? 0 : splits(text, start) ? start - 1 : start;
        int to = number ? text.length() : splits(text, end) ? end + 1 : end;
        hits.add(new Span(from, to));
        out.add(source.place(from), source.place(to), kind, rule, weight);
    }

    private static boolean splits(String text, int index) {
        return index > 0
                && index < text.length()
                && Character.isLowSurrogate(text.charAt(index))
                && Character.isHighSurrogate(text.charAt(index - 1));
    }
}

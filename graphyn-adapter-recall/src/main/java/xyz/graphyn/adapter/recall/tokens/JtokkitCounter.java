package xyz.graphyn.adapter.recall.tokens;

import com.knuddels.jtokkit.api.Encoding;
import xyz.graphyn.application.usage.TokenCounter;

/**
 * Counts in pieces. What the library makes of one word takes more than its share of time and memory the longer the word is, and
 * nobody keeps senders from writing one of a megabyte.
 *
 * <p>A piece ends before a space between two letters, where every vocabulary begins a new word, so that the count is that of
 * the whole text. Where {@value #LOOK_BACK} characters hold no such place, it is cut all the same, which may count some tokens
 * more or less there.
 */
final class JtokkitCounter implements TokenCounter {
    /** Large enough that nearly every text is one piece, small enough that the worst is counted in some 40 ms. */
    private static final int PIECE = 16_384;

    private static final int LOOK_BACK = 4_096;

    private final Encoding encoding;
    private final boolean measured;

    JtokkitCounter(Encoding encoding, boolean measured) {
        this.encoding = encoding;
        this.measured = measured;
    }

    @Override
    public String tokenizer() {
        return encoding.getName();
    }

    @Override
    public boolean isMeasured() {
        return measured;
    }

    // Ordinary: what looks like a vocabulary's own marks, such as <|endoftext|>, is text like any other in a memory.
    @Override
    public int count(String text) {
        int count = 0;
        int start = 0;
        while (text.length() - start > PIECE) {
            int end = end(text, start + PIECE);
            count += encoding.countTokensOrdinary(text.substring(start, end));
            start = end;
        }
        return count + encoding.countTokensOrdinary(start == 0 ? text : text.substring(start));
    }

    private static int end(String text, int most) {
        for (int end = most; end > most - LOOK_BACK; end--) {
            if (text.charAt(end) == ' '
                    && Character.isLetter(text.charAt(end - 1))
                    && Character.isLetter(text.charAt(end + 1))) {
                return end;
            }
        }
        return Character.isLowSurrogate(text.charAt(most)) ? most - 1 : most;
    }
}

package xyz.graphyn.domain.masking;

import java.util.Arrays;

/** The strings of a JSON document, one after the other, and what stands behind their escapes (RFC 8259, section 7). */
final class JsonStrings {
    /** More levels of strings within strings than any payload may have levels of objects. */
    private static final int MAX_UNESCAPING = 64;

    private final String text;
    private int open = -1;
    private int close = -1;

    JsonStrings(String text) {
        this.text = text;
    }

    /** Goes on to the first string whose closing quote is not before this place; never back. */
    void skipTo(int place) {
        while (close < place && close < text.length()) {
            open = indexOfQuote(close + 1);
            close = open == text.length() ? open : closing(open);
        }
    }

    /** Where the present string's opening quote is; the length of the text if there is no more. */
    int open() {
        return open;
    }

    /** Where its closing quote is. */
    int close() {
        return close;
    }

    private int indexOfQuote(int from) {
        int quote = text.indexOf('"', from);
        return quote < 0 ? text.length() : quote;
    }

    private int closing(int opening) {
        int quote = indexOfQuote(opening + 1);
        while (quote < text.length() && isEscaped(quote)) {
            quote = indexOfQuote(quote + 1);
        }
        return quote;
    }

    /** Each run of backslashes is counted once, by the quote behind it. */
    private boolean isEscaped(int quote) {
        int backslashes = 0;
        while (text.charAt(quote - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    static int skipSpace(String text, int from) {
        int at = from;
        while (at < text.length() && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** What a part of a string means, and where each character of that came from. */
    static final class Unescaped {
        private final String text;
        private final int[] sources;

        /** @param sources one more than the text is long: the last is where the part ended */
        private Unescaped(String text, int[] sources) {
            this.text = text;
            this.sources = sources;
        }

        String text() {
            return text;
        }

        int sourceOf(int index) {
            return sources[index];
        }

        /** @return the index at or behind {@code from} that came from there; negative if an escape is in the way */
        int indexOf(int source, int from) {
            return Arrays.binarySearch(sources, from, sources.length, source);
        }
    }

    /** Escapes that are none are taken as they are written. */
    static Unescaped unescaped(String text, int start, int end) {
        StringBuilder meaning = new StringBuilder(end - start);
        int[] sources = new int[end - start + 1];
        int at = start;
        while (at < end) {
            sources[meaning.length()] = at;
            char c = text.charAt(at);
            if (c != '\\' || at + 1 >= end) {
                meaning.append(c);
                at++;
            } else if (text.charAt(at + 1) == 'u') {
                int unit = unit(text, at + 2, end);
                meaning.append(unit < 0 ? c : (char) unit);
                at += unit < 0 ? 1 : 6;
            } else {
                int meant = "\"\\/bfnrt".indexOf(text.charAt(at + 1));
                meaning.append(meant < 0 ? c : "\"\\/\b\f\n\r\t".charAt(meant));
                at += meant < 0 ? 1 : 2;
            }
        }
        sources[meaning.length()] = end;
        return new Unescaped(meaning.toString(), Arrays.copyOf(sources, meaning.length() + 1));
    }

    /** Through however many strings it is nested. */
    static String unescapedFully(String value) {
        String meaning = value;
        for (int i = 0; i < MAX_UNESCAPING && meaning.indexOf('\\') >= 0; i++) {
            String deeper = unescaped(meaning, 0, meaning.length()).text();
            if (deeper.equals(meaning)) {
                break;
            }
            meaning = deeper;
        }
        return meaning;
    }

    /** Whether a part of a string begins, behind spaces, like an object or an array. */
    static boolean beginsDocument(String text, int start, int end) {
        int at = start;
        while (at < end) {
            char c = text.charAt(at);
            int length = 1;
            if (c == '\\') {
                Unescaped first = unescaped(text, at, Math.min(end, at + (text.startsWith("u", at + 1) ? 6 : 2)));
                c = first.text().charAt(0);
                length = first.sourceOf(1) - at;
            }
            if (!isSpace(c)) {
                return c == '{' || c == '[';
            }
            at += length;
        }
        return false;
    }

    private static int unit(String text, int start, int end) {
        if (start + 4 > end) {
            return -1;
        }
        int unit = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            unit = unit * 16 + digit;
        }
        return unit;
    }
}

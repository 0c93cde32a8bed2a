package xyz.graphyn.adapter.detection;

import xyz.graphyn.domain.masking.Hits;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.Passage;

/** One search of one passage: what its text holds at a glance, where hits go, and how much work it took. */
final class Scan {
    static final int DIGIT = 1;
    static final int LETTER = 1 << 1;
    /** What tokens are made of, besides letters and digits. */
    static final int TOKEN_MARK = 1 << 2;

    static final int AT = 1 << 3;
    static final int COLON = 1 << 4;
    static final int EQUALS = 1 << 5;
    static final int DOT = 1 << 6;
    static final int DASH = 1 << 7;
    static final int SLASH = 1 << 8;
    static final int DOLLAR = 1 << 9;
    static final int QUOTE = 1 << 10;
    static final int SPACE = 1 << 11;
    static final int WIDE = 1 << 12;
    /** There are at least {@link #MANY} digits. */
    static final int DIGITS = 1 << 13;
    /** There is a run of token characters that could be a secret: long, or not so long with a digit in it. */
    static final int TOKEN = 1 << 14;

    /** What is longer is no name. */
    private static final int MAX_NAME = 120;

    private static final int FREE_QUESTIONS = 200;

    /** An answer takes about as long as looking at so many characters by all other rules. */
    private static final int CHARACTERS_A_QUESTION = 100;

    static final int MANY = 6;
    static final int MIN_TOKEN = 8;
    /** Of a token without digits. */
    static final int MIN_PLAIN_TOKEN = 12;

    private static final int WORD = DIGIT | LETTER | TOKEN_MARK | DASH | DOT | SLASH | EQUALS;
    private static final short[] CLASSES = new short[128];

    static {
        for (char c = '0'; c <= '9'; c++) {
            CLASSES[c] = DIGIT;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            CLASSES[c] = LETTER;
            CLASSES[c - 32] = LETTER;
        }
        CLASSES['_'] = TOKEN_MARK;
        CLASSES['+'] = TOKEN_MARK;
        CLASSES['|'] = TOKEN_MARK;
        CLASSES['~'] = TOKEN_MARK;
        CLASSES['@'] = AT;
        CLASSES[':'] = COLON;
        CLASSES['='] = EQUALS;
        CLASSES['.'] = DOT;
        CLASSES['-'] = DASH;
        CLASSES['/'] = SLASH;
        CLASSES['$'] = DOLLAR;
        CLASSES['"'] = QUOTE;
        CLASSES['\''] = QUOTE;
        CLASSES['`'] = QUOTE;
        CLASSES[' '] = SPACE;
        CLASSES['\n'] = SPACE;
        CLASSES['\t'] = SPACE;
        CLASSES['\r'] = SPACE;
    }

    final String text;
    final String name;
    final String around;
    final boolean number;
    final int features;
    private final Hits hits;
    private long work;
    private int asked;

    Scan(Passage passage, Hits hits) {
        text = passage.text();
        name = cut(passage.name());
        around = cut(passage.around());
        number = passage.number();
        this.hits = hits;
        features = glance();
    }

    private static String cut(String name) {
        return name.length() <= MAX_NAME ? name : "";
    }

    private int glance() {
        int seen = 0;
        int digits = 0;
        int start = 0;
        int digitsBefore = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            int type = c < 128 ? CLASSES[c] : WIDE;
            seen |= type;
            digits += type & DIGIT;
            if ((type & WORD) == 0) {
                seen |= token(i - start, digits > digitsBefore);
                start = i + 1;
                digitsBefore = digits;
            }
        }
        work += length;
        return seen | token(length - start, digits > digitsBefore) | (digits >= MANY ? DIGITS : 0);
    }

    private static int token(int length, boolean digit) {
        return length >= MIN_PLAIN_TOKEN || (length >= MIN_TOKEN && digit) ? TOKEN : 0;
    }

    boolean has(int all) {
        return (features & all) == all;
    }

    void hit(int start, int end, Kind kind, String rule, int weight) {
        hits.add(start, end, kind, rule, weight);
    }

    /** Whether a library may be asked once more that takes microseconds for each answer. */
    boolean mayAsk() {
        return ++asked <= FREE_QUESTIONS + text.length() / CHARACTERS_A_QUESTION;
    }

    /** Counts what was looked at, so that a test can tell that it is never more than a fixed number of times the text. */
    void worked(int units) {
        work += units;
    }

    long work() {
        return work;
    }

    /** The character, or a space outside of the text. */
    char at(int index) {
        return index >= 0 && index < text.length() ? text.charAt(index) : ' ';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    static boolean isAlphanumeric(char c) {
        return isDigit(c) || isLetter(c);
    }

    static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    static boolean isTokenCharacter(char c) {
        return c < 128 && (CLASSES[c] & WORD) != 0;
    }

    static boolean isSpace(char c) {
        return c < 128 && (CLASSES[c] & SPACE) != 0;
    }

    static boolean isQuote(char c) {
        return c < 128 && (CLASSES[c] & QUOTE) != 0;
    }
}

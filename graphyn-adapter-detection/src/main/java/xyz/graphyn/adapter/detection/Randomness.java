package xyz.graphyn.adapter.detection;

/** Whether a value looks as if somebody drew it by lot, not as if somebody wrote it. */
final class Randomness {
    private static final int MAX_LOOK = 256;

    private static final int MAX_WORD = 25;

    private static final int MANY_CLUMPS = 3;

    /** No date, time or version has so many. */
    private static final int MANY_DIGITS = 18;

    private Randomness() {}

    /** Bits per character, from how often each character occurs in the first part. */
    static double entropy(String text, int start, int end) {
        int length = Math.min(end - start, MAX_LOOK);
        int[] counts = new int[128];
        int others = 0;
        for (int i = start; i < start + length; i++) {
            char c = text.charAt(i);
            if (c < 128) {
                counts[c]++;
            } else {
                others++;
            }
        }
        double entropy = term(others, length);
        for (int count : counts) {
            entropy += term(count, length);
        }
        return entropy;
    }

    private static double term(int count, int length) {
        if (count == 0) {
            return 0;
        }
        double share = (double) count / length;
        return -share * Math.log(share) / Math.log(2);
    }

    /** Words, numbers and short codes joined by marks, such as {@code gpt-4-turbo} and {@code id-Gost28147-89}. */
    static boolean isWordy(String value) {
        int from = 0;
        int wordLetters = 0;
        int letters = 0;
        int digits = 0;
        int clumps = 0;
        for (int i = 0; i <= value.length(); i++) {
            boolean mark = i == value.length() || !Scan.isAlphanumeric(value.charAt(i));
            boolean hump = !mark && i > from && isUpper(value.charAt(i)) && !isUpper(value.charAt(i - 1));
            if (mark || hump) {
                int length = i - from;
                int alphabetic = letters(value, from, i);
                letters += alphabetic;
                digits += length - alphabetic;
                clumps += isClump(value, from, i) ? 1 : 0;
                if (alphabetic == length && length >= 3 && length <= MAX_WORD && hasVowel(value, from, i)) {
                    wordLetters += length;
                }
                from = hump ? i : i + 1;
            }
        }
        boolean drawn = clumps >= MANY_CLUMPS || (digits >= MANY_DIGITS && digits > 3 * letters);
        return letters > 0 && !drawn && wordLetters * 10 >= letters * 6;
    }

    /** Capitals in twos and threes with small letters behind them: once or twice in a name, as in {@code XMLHttpRequest}. */
    private static boolean isClump(String value, int from, int to) {
        return to - from > 2
                && isUpper(value.charAt(from))
                && isUpper(value.charAt(from + 1))
                && Scan.isLetter(value.charAt(to - 1))
                && !isUpper(value.charAt(to - 1));
    }

    private static int letters(String value, int from, int to) {
        int letters = 0;
        for (int i = from; i < to; i++) {
            if (Scan.isLetter(value.charAt(i))) {
                letters++;
            }
        }
        return letters;
    }

    /** Vowels as often as in words: not fewer than one in six letters, and no more than five consonants in a row. */
    private static boolean hasVowel(String value, int from, int to) {
        int vowels = 0;
        int row = 0;
        for (int i = from; i < to; i++) {
            if ("aeiouyAEIOUY".indexOf(value.charAt(i)) >= 0) {
                vowels++;
                row = 0;
            } else if (++row > 4) {
                return false;
            }
        }
        return vowels * 6 >= to - from;
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }
}

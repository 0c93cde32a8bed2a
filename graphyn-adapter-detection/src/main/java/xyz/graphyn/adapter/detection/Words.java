package xyz.graphyn.adapter.detection;

import java.util.Locale;

/** Words that say what stands next to them. */
final class Words {
    /** A line's worth: what is further away speaks of something else. */
    static final int NEAR = 50;

    private final String[] words;
    /** Which letters each of them has, as {@link #letters}. */
    private final int[] letters;

    private Words(String[] words) {
        this.words = words;
        letters = new int[words.length];
        for (int i = 0; i < words.length; i++) {
            letters[i] = letters(words[i]);
        }
    }

    /** @param words in lower case */
    static Words of(String... words) {
        return new Words(words);
    }

    /** Whether one of them stands shortly before a place, or in the name of the member. */
    boolean near(Scan scan, int place) {
        return named(scan) || in(before(scan, place, NEAR));
    }

    /** Whether one of them stands in the member's name, or in the one around it. */
    boolean named(Scan scan) {
        return in(scan.name) || in(scan.around);
    }

    /** Whether one of them stands in a short text, as a word or at the start or the end of one. */
    boolean in(String text) {
        if (text.isEmpty()) {
            return false;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        int has = letters(lower);
        for (int w = 0; w < words.length; w++) {
            if ((letters[w] & ~has) != 0) {
                continue; // most words, after one look
            }
            String word = words[w];
            for (int i = lower.indexOf(word); i >= 0; i = lower.indexOf(word, i + 1)) {
                if (isWord(text, i, i + word.length())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** A bit for each letter from a to z that the text has. */
    private static int letters(String text) {
        int letters = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Scan.isLetter(c)) {
                letters |= 1 << (c & 31);
            }
        }
        return letters;
    }

    private static boolean isWord(String text, int start, int end) {
        return (start == 0
                        || !Character.isLetter(text.charAt(start - 1))
                        || (Character.isUpperCase(text.charAt(start)) && Character.isLowerCase(text.charAt(start - 1))))
                && (end == text.length()
                        || !Character.isLowerCase(text.charAt(end))
                        || !Character.isLetter(text.charAt(end)));
    }

    static String before(Scan scan, int place, int most) {
        int from = Math.max(0, place - most);
        scan.worked(place - from);
        return scan.text.substring(from, place);
    }
}

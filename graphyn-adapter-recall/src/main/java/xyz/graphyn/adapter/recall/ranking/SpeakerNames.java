package xyz.graphyn.adapter.recall.ranking;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import xyz.graphyn.adapter.recall.memory.Names;
import xyz.graphyn.adapter.recall.text.Word;
import xyz.graphyn.adapter.recall.text.Words;

/**
 * Which speakers a question names, and by which of its words: the first name of one, its beginning, or one that is spelled a
 * little otherwise, as names often are.
 *
 * @param speakers by their numbers; none if there are only roles
 */
record SpeakerNames(Set<Integer> speakers, Set<String> words) {
    private static final Set<String> ROLES = Set.of("user", "assistant", "system", "developer", "tool", "function");

    /** A conversation of more has no use for it: nearly any word would be somebody's name. */
    private static final int MAX_SPEAKERS = 1_000;

    private static final int SHORTEST_BEGINNING = 3;
    private static final int SHORTEST_LIKE = 4;
    private static final int SHORTEST_MISSPELLED = 5;

    /** A short question names few; a page of text is no question about somebody. */
    private static final int MAX_WORDS = 100;

    /** @param heard whose names may be told, by number */
    static SpeakerNames in(List<Word> question, Names names, boolean[] heard) {
        Set<Integer> speakers = new HashSet<>();
        Set<String> found = new HashSet<>();
        if (names.size() > MAX_SPEAKERS || question.size() > MAX_WORDS) {
            return new SpeakerNames(speakers, found);
        }
        for (int speaker = 0; speaker < names.size(); speaker++) {
            String name = first(names.name(speaker));
            if (!heard[speaker] || ROLES.contains(name) || name.isEmpty()) {
                continue;
            }
            for (Word word : question) {
                if (Words.tells(word) && isLike(word.plain(), name)) {
                    speakers.add(speaker);
                    found.add(word.plain());
                }
            }
        }
        return new SpeakerNames(speakers, found);
    }

    private static String first(String name) {
        String plain = Normalizer.normalize(name.strip(), Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        return plain.split("[\\s_.]", 2)[0].toLowerCase(Locale.ROOT);
    }

    static boolean isLike(String word, String name) {
        if (word.equals(name)) {
            return true;
        }
        int shorter = Math.min(word.length(), name.length());
        if (shorter >= SHORTEST_BEGINNING && (name.startsWith(word) || word.startsWith(name))) {
            return true;
        }
        if (word.length() >= SHORTEST_LIKE
                && skeleton(word).length() > 1
                && skeleton(word).equals(skeleton(name))) {
            return true;
        }
        return shorter >= SHORTEST_MISSPELLED && word.charAt(0) == name.charAt(0) && isOneEditAway(word, name);
    }

    /** What is heard first, and the consonants: {@code mohammed} and {@code muhamed} have the same. */
    private static String skeleton(String word) {
        StringBuilder skeleton = new StringBuilder();
        char last = 0;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (i == 0 || (c != last && "aeiouy".indexOf(c) < 0)) {
                skeleton.append(c);
            }
            last = c;
        }
        return skeleton.toString();
    }

    private static boolean isOneEditAway(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 1) {
            return false;
        }
        int start = 0;
        int shorter = Math.min(one.length(), other.length());
        while (start < shorter && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        String oneRest = one.substring(start);
        String otherRest = other.substring(start);
        if (oneRest.isEmpty() || otherRest.isEmpty()) {
            return true;
        }
        return oneRest.substring(1).equals(otherRest)
                || otherRest.substring(1).equals(oneRest)
                || oneRest.substring(1).equals(otherRest.substring(1));
    }
}

package xyz.graphyn.adapter.recall.ranking;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.memory.Names;
import xyz.graphyn.adapter.recall.text.Words;

/**
 * Who speaks in a memory, by name: those of whom an audience may know. Roles, such as {@code user}, are nobody's name.
 *
 * <p>A word means somebody if it is like the first word of the name, a little otherwise spelled perhaps, or if it is what the
 * other of two calls that one: somebody is greeted by it again and again, and never greets by it.
 */
final class People {
    private static final Set<String> ROLES = Set.of("user", "assistant", "system", "developer", "tool", "function");

    /** A memory of more people has no use for it: nearly any word would be somebody's name. */
    private static final int MAX_PEOPLE = 200;

    private static final int SHORTEST_BEGINNING = 3;
    private static final int SHORTEST_LIKE = 4;
    private static final int SHORTEST_MISSPELLED = 5;
    private static final int LEAST_GREETINGS = 3;
    private static final int TIMES_AS_OFTEN = 4;

    /** What follows a greeting and is no name. */
    private static final Set<String> NO_NAMES = Set.of(
            ("there everyone guys man bro dude god goodness buddy friend sir girl lol haha happy good sounds hope same really glad"
                            + " love monday tuesday wednesday thursday friday saturday sunday new year bud gosh great awesome dear"
                            + " babe sis")
                    .split(" "));

    private final Map<Integer, String> names = new HashMap<>();
    private final Map<String, Integer> nicknames = new HashMap<>();

    private People() {}

    static People of(Audience audience) {
        People people = new People();
        Names speakers = audience.memory().speakers();
        boolean[] heard = audience.heard();
        for (int speaker = 0; speaker < heard.length; speaker++) {
            String name = heard[speaker] ? first(speakers.name(speaker)) : "";
            if (!name.isEmpty() && !ROLES.contains(name)) {
                people.names.put(speaker, name);
            }
        }
        if (people.names.size() > MAX_PEOPLE) {
            people.names.clear();
        }
        if (people.names.size() == 2) {
            people.learnNicknames(audience);
        }
        return people;
    }

    private static String first(String name) {
        String plain = Normalizer.normalize(name.strip(), Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        return plain.split("[\\s_.]", 2)[0].toLowerCase(Locale.ROOT);
    }

    private void learnNicknames(Audience audience) {
        Memory memory = audience.memory();
        List<Integer> two = new ArrayList<>(names.keySet());
        Map<Integer, int[]> greetings = new HashMap<>();
        for (int place = 0; place < memory.size(); place++) {
            int by = audience.isVisible(place) ? two.indexOf(memory.speaker(audience.side(), place)) : -1;
            if (by >= 0) {
                for (int word : memory.greeted(audience.side(), place)) {
                    greetings.computeIfAbsent(word, unknown -> new int[2])[by]++;
                }
            }
        }
        greetings.forEach((number, counts) -> {
            String word = memory.capitalized().name(number);
            for (int by = 0; by < 2; by++) {
                if (counts[by] >= LEAST_GREETINGS
                        && counts[1 - by] * TIMES_AS_OFTEN <= counts[by]
                        && !NO_NAMES.contains(word)
                        && Words.tells(word)
                        && meant(word).isEmpty()) {
                    nicknames.put(word, two.get(1 - by));
                }
            }
        });
    }

    /** How many there are. */
    int count() {
        return names.size();
    }

    /**
     * Whom the word may mean.
     *
     * @param word in lower case, without {@code 's}
     */
    Set<Integer> meant(String word) {
        if (!Words.tells(word)) {
            return Set.of();
        }
        Integer nicknamed = nicknames.get(word);
        Set<Integer> meant = new HashSet<>();
        if (nicknamed != null) {
            meant.add(nicknamed);
        }
        names.forEach((speaker, name) -> {
            if (isLike(word, name)) {
                meant.add(speaker);
            }
        });
        return meant;
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

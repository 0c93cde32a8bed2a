package xyz.graphyn.adapter.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the name of a variable, a header or an option says about its value. */
final class Identifier {
    enum Says {
        /** Nothing. */
        NOTHING,
        /** That it is something that everybody may see, such as the name of a key. */
        HARMLESS,
        /** Whose it is. */
        PROVIDER,
        /** That it may be a secret. */
        MAYBE,
        /** That it is a secret. */
        SECRET,
        /** That it is a password, which may be short and made of words. */
        PASSWORD,
        /** Only that it is a value. */
        FILLER
    }

    /** The same names come again and again; what is remembered of them takes less than a megabyte. */
    private static final int MAX_KNOWN = 4_000;

    private static final int MAX_KNOWN_LENGTH = 40;
    private static final Map<String, Says> KNOWN = new ConcurrentHashMap<>();

    private Identifier() {}

    static Says judge(String identifier) {
        Says known = KNOWN.get(identifier);
        if (known != null) {
            return known;
        }
        Says says = judge(words(identifier));
        if (identifier.length() <= MAX_KNOWN_LENGTH) {
            if (KNOWN.size() >= MAX_KNOWN) {
                KNOWN.clear();
            }
            KNOWN.put(identifier, says);
        }
        return says;
    }

    private static Says judge(List<String> words) {
        if (words.isEmpty()) {
            return Says.NOTHING;
        }
        for (int i = words.size() - 1; i >= 0; i--) {
            Says says = keyword(words.get(i));
            if (says == Says.NOTHING) {
                continue;
            }
            if (i + 1 < words.size() && about(words, i + 1)) {
                return Says.HARMLESS;
            }
            boolean key = words.get(i).endsWith("key")
                    || words.get(i).endsWith("keys")
                    || words.get(i).endsWith("token")
                    || words.get(i).endsWith("tokens");
            if (key && i > 0 && IdentifierWords.OPEN.contains(words.get(i - 1))) {
                return Says.HARMLESS;
            }
            if (says == Says.MAYBE && i > 0 && keyword(words.get(i - 1)) == Says.SECRET) {
                return Says.SECRET;
            }
            return says;
        }
        if (words.stream().allMatch(IdentifierWords.FILLERS::contains)) {
            return Says.FILLER;
        }
        if (about(words, words.size() - 1)) {
            return Says.HARMLESS;
        }
        for (int i = 0; i < words.size(); i++) {
            if (IdentifierWords.PROVIDERS.contains(words.get(i))
                    || (i > 0 && IdentifierWords.PROVIDERS.contains(words.get(i - 1) + words.get(i)))) {
                return Says.PROVIDER;
            }
        }
        return Says.NOTHING;
    }

    private static boolean about(List<String> words, int from) {
        for (int i = from; i < words.size(); i++) {
            if (IdentifierWords.ABOUT.contains(words.get(i))) {
                return true;
            }
        }
        return false;
    }

    static Says keyword(String word) {
        if (IdentifierWords.PASSWORDS.contains(word)) {
            return Says.PASSWORD;
        }
        if (IdentifierWords.SECRETS.contains(word)) {
            return Says.SECRET;
        }
        if (IdentifierWords.MAYBES.contains(word)) {
            return Says.MAYBE;
        }
        for (String glued : IdentifierWords.GLUED) {
            if (word.length() > glued.length() + 2 && word.endsWith(glued)) {
                boolean password = glued.startsWith("passw");
                return password ? Says.PASSWORD : IdentifierWords.NO_KEYS.contains(word) ? Says.NOTHING : Says.SECRET;
            }
        }
        return Says.NOTHING;
    }

    /** {@code awsKMSKey_id} becomes aws, kms, key, id; digits stay with the letters before them. */
    static List<String> words(String identifier) {
        List<String> words = new ArrayList<>(4);
        int start = 0;
        for (int i = 0; i <= identifier.length(); i++) {
            boolean end = i == identifier.length() || !Scan.isAlphanumeric(identifier.charAt(i));
            if (end || (i > start && begins(identifier, i))) {
                if (i > start) {
                    words.add(identifier.substring(start, i).toLowerCase(Locale.ROOT));
                }
                start = end ? i + 1 : i;
            }
        }
        return words;
    }

    private static boolean begins(String identifier, int i) {
        char before = identifier.charAt(i - 1);
        char c = identifier.charAt(i);
        if (isUpper(c)) {
            boolean lowerFollows = i + 1 < identifier.length() && isLower(identifier.charAt(i + 1));
            return !isUpper(before) || lowerFollows;
        }
        // "infuraKEYwith": capitals end where lower-case letters go on for longer than an ending.
        return isLower(c)
                && isUpper(before)
                && i > 2
                && isUpper(identifier.charAt(i - 2))
                && isUpper(identifier.charAt(i - 3));
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }
}

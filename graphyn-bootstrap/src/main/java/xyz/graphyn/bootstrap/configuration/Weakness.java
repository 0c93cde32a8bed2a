package xyz.graphyn.bootstrap.configuration;

import java.util.List;
import java.util.Locale;

/** Secrets that stand in every guide and every list of guesses. */
final class Weakness {
    private static final List<String> WELL_KNOWN =
            List.of("changeme", "change-me", "change_me", "password", "postgres", "graphyn", "secret", "example");

    private Weakness() {}

    static boolean isWellKnown(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return WELL_KNOWN.stream().anyMatch(lower::contains);
    }

    /** Whether a password is one of the words themselves, or the user's own name. */
    static boolean isGuess(String password, String user) {
        return password.equalsIgnoreCase(user) || WELL_KNOWN.contains(password.toLowerCase(Locale.ROOT));
    }
}

package xyz.graphyn.adapter.detection;

import java.util.Locale;
import java.util.Set;
import xyz.graphyn.adapter.detection.Identifier.Says;

/** Which values that are set to a password's name can be one: no types, no templates, no calls, no sentences. */
final class PasswordValues {
    /** Of a phrase that is a password. */
    private static final int MIN_WORDS = 4;

    private static final int MAX_WORDS = 12;

    private static final Words SPEECH = Words.of(
            "password",
            "passwords",
            "passphrase",
            "token",
            "secret",
            "key",
            "enter",
            "your",
            "you",
            "please",
            "must",
            "invalid",
            "required",
            "wrong",
            "missing",
            "is",
            "are",
            "not",
            "the",
            "this",
            "that",
            "to",
            "for",
            "in",
            "of",
            "or",
            "if",
            "can",
            "should",
            "will",
            "user",
            "login",
            "error");

    private static final Set<String> NO_VALUES = Set.of(
            "str",
            "string",
            "null",
            "none",
            "nil",
            "true",
            "false",
            "undefined",
            "required",
            "optional",
            "yes",
            "no",
            "any",
            "varchar",
            "text",
            "bool",
            "boolean",
            "int",
            "bytes",
            "password",
            "passwd",
            "secret",
            "value",
            "char",
            "object",
            "empty",
            "default",
            "prompt",
            "input",
            "hidden",
            "redacted",
            "unset",
            "not",
            "new",
            "function",
            "self",
            "the",
            "your",
            "a",
            "an");

    static boolean isQuoted(String value, Says says) {
        if (isTemplate(value) || value.isBlank() || NO_VALUES.contains(value.toLowerCase(Locale.ROOT))) {
            return false;
        }
        boolean oneWord = value.chars().noneMatch(Character::isWhitespace);
        if (!oneWord) {
            return isPhrase(value);
        }
        if (says == Says.PASSWORD) {
            return value.length() >= 3;
        }
        long marks = marks(value);
        return value.length() >= 6
                && !value.contains("/")
                && (marks >= 4 || (marks >= 2 && !Randomness.isWordy(value)));
    }

    /** Words without the marks of a sentence, and without those by which programs speak to people about a password. */
    private static boolean isPhrase(String value) {
        int words = 1;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            words += c == ' ' ? 1 : 0;
            if (c != ' ' && !Scan.isAlphanumeric(c) && c != '-') {
                return false;
            }
        }
        return words >= MIN_WORDS && words <= MAX_WORDS && !Character.isUpperCase(value.charAt(0)) && !SPEECH.in(value);
    }

    /** @param proseMayFollow whether this may be a sentence about passwords; then the value must not look like its next word */
    static boolean isBare(String value, boolean proseMayFollow) {
        if (value.length() < 3
                || isTemplate(value)
                || NO_VALUES.contains(value.toLowerCase(Locale.ROOT))
                || isCall(value)) {
            return false;
        }
        boolean digit = value.chars().anyMatch(c -> c >= '0' && c <= '9');
        if (value.indexOf('.') > 0 && !digit) {
            return false;
        }
        return !proseMayFollow || digit || marks(value) > 0;
    }

    /** {@code read_password(}. */
    private static boolean isCall(String value) {
        int open = value.indexOf('(');
        return open >= 0 && value.chars().limit(open).allMatch(c -> Passwords.isNameCharacter((char) c));
    }

    private static long marks(String value) {
        return value.chars()
                .filter(c -> c > ' ' && c < 128 && !Scan.isAlphanumeric((char) c) && c != '_' && c != '-' && c != '.')
                .count();
    }

    static boolean isTemplate(String value) {
        char first = value.isEmpty() ? ' ' : value.charAt(0);
        char last = value.isEmpty() ? ' ' : value.charAt(value.length() - 1);
        boolean variable = first == '$'
                && value.length() > 1
                && (value.charAt(1) == '{'
                        || value.charAt(1) == '('
                        || isCapital(value.charAt(1))
                        || value.charAt(1) == '_');
        return (variable
                        && (last == '}'
                                || last == ')'
                                || value.chars()
                                        .skip(1)
                                        .allMatch(c -> isCapital((char) c) || c == '_' || Scan.isDigit((char) c))))
                || (first == '{' && last == '}')
                || (first == '<' && last == '>')
                || (first == '[' && last == ']')
                || first == '%'
                || value.startsWith("#{")
                || value.startsWith("***")
                || value.startsWith("...");
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private PasswordValues() {}
}

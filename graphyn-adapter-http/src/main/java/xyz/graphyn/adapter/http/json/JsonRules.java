package xyz.graphyn.adapter.http.json;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemException;
import xyz.graphyn.adapter.http.problem.ProblemType;

/**
 * What every JSON text must keep to, wherever it comes from (I-JSON, RFC 7493, and bounds of our own): one value and
 * nothing behind it, no member twice, no lone surrogate, no U+0000 (PostgreSQL can't hold it as text), and within bounds
 * of depth, members, names and numbers. Text that is there as a whole is checked in one pass, before anything is read from
 * it; text that still comes is checked token by token, before each is read.
 */
final class JsonRules {
    /** Deeper than any payload with a meaning, and far from where recursion would hurt. */
    static final int MAX_DEPTH = 64;
    /** As a rule of thumb, longer than any identifier; a name can't smuggle in a document. */
    static final int MAX_NAME = 1_000;
    /** Ten times what the longest 128-bit float needs; reading longer ones takes quadratic time in many languages. */
    static final int MAX_NUMBER = 1_000;

    private final int maxKeys;
    private final int levelsAbove;
    /** Without an escape in the text there is neither a lone surrogate nor U+0000 in it: strict UTF-8 has none. */
    private final boolean hasEscapes;

    private final JsonParser json;
    private final Mistakes mistakes;
    private final Deque<Set<String>> names = new ArrayDeque<>();
    private int keys;
    private int roots;

    /**
     * @param keys how many members were met before, out of {@code maxKeys}
     * @param levelsAbove how deep in its document the text stands
     * @param hasEscapes false only if there is no {@code \\u} in the text
     */
    JsonRules(JsonParser json, Mistakes mistakes, int keys, int maxKeys, int levelsAbove, boolean hasEscapes) {
        this.json = json;
        this.mistakes = mistakes;
        this.keys = keys;
        this.maxKeys = maxKeys;
        this.levelsAbove = levelsAbove;
        this.hasEscapes = hasEscapes;
    }

    static void check(String text, int maxKeys) {
        if (text.isBlank()) {
            throw required();
        }
        try (JsonParser json = JsonText.parser(text)) {
            Mistakes mistakes = new Mistakes();
            JsonRules rules = new JsonRules(json, mistakes, 0, maxKeys, 0, text.contains("\\u"));
            try {
                while (rules.next() != null) {}
            } catch (JacksonException malformed) {
                throw rules.malformed(malformed.getLocation()).thrown();
            }
            mistakes.orThrow();
        }
    }

    static ProblemException required() {
        return Problem.validation(Mistake.atPointer("", "required", "a body of JSON is required"))
                .thrown();
    }

    /**
     * Goes on by one token, and notes what is wrong with it.
     *
     * @return null at the end of the text
     * @throws JacksonException if it is no JSON; its message may repeat what was sent
     * @throws ProblemException if there is more behind the one value, or what is wrong makes the rest not worth looking at
     */
    @Nullable JsonToken next() {
        JsonToken token = json.nextToken();
        if (token == null) {
            return null;
        }
        json.finishToken();
        if (isRoot(token) && ++roots > 1) {
            throw malformed(json.currentTokenLocation()).thrown();
        }
        check(token);
        return token;
    }

    /** How many members were met so far. */
    int keys() {
        return keys;
    }

    private void check(JsonToken token) {
        switch (token) {
            case START_OBJECT -> {
                names.push(new HashSet<>());
                checkDepth();
            }
            case START_ARRAY -> checkDepth();
            case END_OBJECT -> names.pop();
            case PROPERTY_NAME -> checkName(json.currentName());
            case VALUE_STRING -> {
                if (hasEscapes) {
                    checkCharacters(
                            json.getStringCharacters(), json.getStringOffset(), json.getStringLength(), "value");
                }
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                if (json.getStringLength() > MAX_NUMBER) {
                    mistake("too-long", "must be a number of at most " + MAX_NUMBER + " characters");
                }
            }
            case END_ARRAY, VALUE_TRUE, VALUE_FALSE, VALUE_NULL, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE -> {}
        }
    }

    private boolean isRoot(JsonToken token) {
        return token.isStructStart()
                ? json.streamReadContext().getNestingDepth() == 1
                : token.isScalarValue() && json.streamReadContext().inRoot();
    }

    private void checkDepth() {
        if (levelsAbove + json.streamReadContext().getNestingDepth() > MAX_DEPTH) {
            mistake("too-deep", "must not be nested deeper than " + MAX_DEPTH + " levels");
            throw mistakes.thrown();
        }
    }

    private void checkName(String name) {
        if (++keys > maxKeys) {
            mistakes.add("", "too-many", "must not have more than " + maxKeys + " members in all");
            throw mistakes.thrown();
        }
        if (name.length() > MAX_NAME) {
            mistake("too-long", "must have a name of at most " + MAX_NAME + " characters");
        }
        if (hasEscapes) {
            checkCharacters(name.toCharArray(), 0, name.length(), "name");
        }
        if (!names.element().add(name)) {
            mistake("duplicate", "must not be there twice");
        }
    }

    private void checkCharacters(char[] characters, int offset, int length, String what) {
        int end = offset + length;
        for (int i = offset; i < end; i++) {
            char unit = characters[i];
            if (unit == 0) {
                mistake("nul", "must not contain U+0000 in its " + what);
                return;
            }
            if (Character.isSurrogate(unit)) {
                boolean paired =
                        Character.isHighSurrogate(unit) && i + 1 < end && Character.isLowSurrogate(characters[i + 1]);
                if (!paired) {
                    mistake("lone-surrogate", "must be well-formed Unicode in its " + what);
                    return;
                }
                i++;
            }
        }
    }

    private void mistake(String code, String message) {
        mistakes.add(pointer(), code, message);
    }

    private String pointer() {
        return json.streamReadContext().pathAsPointer().toString();
    }

    /** What is said of text that is no JSON. */
    Problem malformed(TokenStreamLocation location) {
        String where = "line " + location.getLineNr() + ", column " + location.getColumnNr();
        return new Problem(
                ProblemType.MALFORMED_JSON,
                "The body is not well-formed JSON at " + where + ".",
                List.of(Mistake.atPointer(
                        mistakes.at(pointer()), "malformed", "must be well-formed JSON, see " + where)),
                Map.of());
    }
}

package xyz.graphyn.adapter.http.json;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemType;

/**
 * What every JSON text must keep to, wherever it comes from (I-JSON, RFC 7493, and bounds of our own): one value and
 * nothing behind it, no member twice, no lone surrogate, no U+0000 (PostgreSQL can't hold it as text), and within bounds
 * of depth, members, names and numbers. Everything is checked in one pass, before anything is read from it.
 */
final class JsonRules {
    /** Deeper than any payload with a meaning, and far from where recursion would hurt. */
    static final int MAX_DEPTH = 64;
    /** As a rule of thumb, longer than any identifier; a name can't smuggle in a document. */
    static final int MAX_NAME = 1_000;
    /** Ten times what the longest 128-bit float needs; reading longer ones takes quadratic time in many languages. */
    static final int MAX_NUMBER = 1_000;

    private final JsonParser json;
    private final int maxKeys;
    /** Without an escape in the text there is neither a lone surrogate nor U+0000 in it: strict UTF-8 has none. */
    private final boolean hasEscapes;

    private final Deque<Set<String>> names = new ArrayDeque<>();
    private final List<Mistake> mistakes = new ArrayList<>();
    private int keys;
    private int roots;

    private JsonRules(JsonParser json, int maxKeys, boolean hasEscapes) {
        this.json = json;
        this.maxKeys = maxKeys;
        this.hasEscapes = hasEscapes;
    }

    static void check(String text, int maxKeys) {
        if (text.isBlank()) {
            throw Problem.validation(Mistake.atPointer("", "required", "a body of JSON is required"))
                    .thrown();
        }
        try (JsonParser json = JsonText.parser(text)) {
            new JsonRules(json, maxKeys, text.contains("\\u")).check();
        }
    }

    private void check() {
        try {
            boolean goesOn = true;
            for (JsonToken token = json.nextToken(); token != null && goesOn; token = json.nextToken()) {
                json.finishToken();
                if (isRoot(token) && ++roots > 1) {
                    throw malformed(json.currentTokenLocation()).thrown();
                }
                goesOn = check(token) && mistakes.size() < Problem.MAX_MISTAKES;
            }
        } catch (JacksonException malformed) {
            // Jackson's own message may repeat what was sent.
            throw malformed(malformed.getLocation()).thrown();
        }
        if (!mistakes.isEmpty()) {
            throw Problem.validation(mistakes).thrown();
        }
    }

    /** Whether the rest is worth looking at. */
    private boolean check(JsonToken token) {
        switch (token) {
            case START_OBJECT -> {
                names.push(new HashSet<>());
                return checkDepth();
            }
            case START_ARRAY -> {
                return checkDepth();
            }
            case END_OBJECT -> names.pop();
            case PROPERTY_NAME -> {
                return checkName(json.currentName());
            }
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
        return true;
    }

    private boolean isRoot(JsonToken token) {
        return token.isStructStart()
                ? json.streamReadContext().getNestingDepth() == 1
                : token.isScalarValue() && json.streamReadContext().inRoot();
    }

    private boolean checkDepth() {
        if (json.streamReadContext().getNestingDepth() > MAX_DEPTH) {
            mistake("too-deep", "must not be nested deeper than " + MAX_DEPTH + " levels");
            return false;
        }
        return true;
    }

    private boolean checkName(String name) {
        if (++keys > maxKeys) {
            mistakes.add(Mistake.atPointer("", "too-many", "must not have more than " + maxKeys + " members in all"));
            return false;
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
        return true;
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
        mistakes.add(Mistake.atPointer(pointer(), code, message));
    }

    private String pointer() {
        return json.streamReadContext().pathAsPointer().toString();
    }

    private Problem malformed(TokenStreamLocation location) {
        String where = "line " + location.getLineNr() + ", column " + location.getColumnNr();
        return new Problem(
                ProblemType.MALFORMED_JSON,
                "The body is not well-formed JSON at " + where + ".",
                List.of(Mistake.atPointer(pointer(), "malformed", "must be well-formed JSON, see " + where)),
                Map.of());
    }
}

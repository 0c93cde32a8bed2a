package xyz.graphyn.adapter.http.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;

/** Text that keeps all the rules of {@link JsonRules}: once it exists, reading it can fail on types only. */
public final class JsonText {
    /**
     * Limits are kept by {@link JsonRules}, which names the place; the parser's own stay above them. Names of members
     * are the clients' own, so they are neither interned nor kept in a shared table, which they could flood.
     */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonRules.MAX_DEPTH + 8)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    /** Java puts it where bytes are malformed, and decodes ten times as fast for that. It may also be in the text. */
    private static final char REPLACEMENT = '\ufffd';

    private final String text;

    private JsonText(String text) {
        this.text = text;
    }

    /**
     * @param maxKeys how many members all of its objects may have together
     * @throws xyz.graphyn.adapter.http.problem.ProblemException if it is not UTF-8, not JSON, or breaks a rule
     */
    public static JsonText of(byte[] body, int maxKeys) {
        return of(decode(body), maxKeys);
    }

    /** The same for text that was decoded already. */
    public static JsonText of(String text, int maxKeys) {
        JsonRules.check(text, maxKeys);
        return new JsonText(text);
    }

    @Override
    public String toString() {
        return text;
    }

    JsonParser parser() {
        return parser(text);
    }

    static JsonParser parser(String text) {
        return JSON.createParser(ObjectReadContext.empty(), text);
    }

    static JsonParser parser(TextWindow text) {
        return JSON.createParser(ObjectReadContext.empty(), text);
    }

    static Mistake notUtf8(String pointer) {
        return Mistake.atPointer(pointer, "not-utf-8", "must be valid UTF-8");
    }

    /** Strictly: overlong forms and encoded surrogates are refused, which the parser's own decoder lets pass. */
    private static String decode(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? text : decodeStrictly(body);
    }

    private static String decodeStrictly(byte[] body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        try {
            return decoder.decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException malformed) {
            throw Problem.validation(notUtf8(pointerBeforeMalformed(decoder, body)))
                    .thrown();
        }
    }

    /** Where in the document its first malformed byte stands: the place at which the text before it breaks off. */
    private static String pointerBeforeMalformed(CharsetDecoder decoder, byte[] body) {
        ByteBuffer bytes = ByteBuffer.wrap(body);
        CharBuffer sound = CharBuffer.allocate(body.length);
        CoderResult result = decoder.reset().decode(bytes, sound, true);
        if (!result.isError()) {
            return "";
        }
        try (JsonParser json = parser(sound.flip().toString())) {
            try {
                while (json.nextToken() != null) {
                    json.finishToken();
                }
            } catch (JacksonException brokenOff) {
                return json.streamReadContext().pathAsPointer().toString();
            }
        }
        return "";
    }
}

package xyz.graphyn.adapter.http.identity;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON object of a token, read strictly: a name that comes twice, something behind the object, or a claim of another
 * type than expected makes the token invalid. The JWT library is lenient in all three, and turns a number or a list that
 * stands where text should be into text.
 */
record TokenJson(JsonNode object) {
    /** The longest {@code sub} that OpenID Connect Core allows (section 2), and enough for any other name. */
    private static final int MAX_NAME_LENGTH = 255;

    private static final int MAX_DEPTH = 64;
    private static final int MAX_NUMBER_LENGTH = 100;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static TokenJson decode(String base64Url) {
        try {
            JsonNode node = MAPPER.readTree(Base64.getUrlDecoder().decode(base64Url));
            if (!node.isObject()) {
                throw RejectedToken.invalid("a part is no JSON object");
            }
            return new TokenJson(node);
        } catch (IllegalArgumentException | JacksonException e) {
            throw RejectedToken.invalid("a part is no base64url or no strict JSON");
        }
    }

    /** A JSON null counts as absent. */
    @Nullable JsonNode get(String name) {
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** Whether the name is there at all, be it with null. */
    boolean has(String name) {
        return object.has(name);
    }

    /** Text that may become part of a key, a row or a log line. Absent is fine, anything else is not. */
    Optional<String> name(String claim) {
        JsonNode value = get(claim);
        return value == null ? Optional.empty() : Optional.of(asName(claim, value));
    }

    String requiredName(String claim) {
        return name(claim).orElseThrow(() -> RejectedToken.invalid(claim + " is missing"));
    }

    Optional<TokenJson> object(String claim) {
        JsonNode value = get(claim);
        if (value != null && !value.isObject()) {
            throw RejectedToken.invalid(claim + " is no object");
        }
        return Optional.ofNullable(value).map(TokenJson::new);
    }

    /** One text or a list of them, as {@code aud} may be (RFC 7519, section 4.1.3). */
    List<String> oneOrMany(String claim) {
        JsonNode value = get(claim);
        return value == null ? List.of() : oneOrMany(claim, value);
    }

    static List<String> oneOrMany(String claim, JsonNode value) {
        if (value.isArray()) {
            return value.values().stream().map(each -> asName(claim, each)).toList();
        }
        return List.of(asName(claim, value));
    }

    static String asName(String claim, JsonNode value) {
        if (!value.isString()) {
            throw RejectedToken.invalid(claim + " is no text");
        }
        return checkedName(claim, value.stringValue());
    }

    static String checkedName(String claim, String text) {
        if (text.isBlank() || text.length() > MAX_NAME_LENGTH || !isStorable(text)) {
            throw RejectedToken.invalid(claim + " is blank, too long or not printable");
        }
        return text;
    }

    /** NUL and half a surrogate pair can't be stored; other control characters have no place in a name. */
    private static boolean isStorable(String text) {
        return text.codePoints()
                .noneMatch(c ->
                        Character.isISOControl(c) || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
}

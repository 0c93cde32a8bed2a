package xyz.graphyn.adapter.recall.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import xyz.graphyn.application.memory.MessageReader;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.Message;
import xyz.graphyn.domain.validation.Checks;
import xyz.graphyn.domain.validation.Invalid;

/**
 * {@code role}, {@code name} and {@code content}, which is a string or a list of parts. Of parts those with text are read, one
 * below the other with a blank line between; all other members are somebody else's.
 */
public final class JacksonMessageReader implements MessageReader {
    private static final String ROLE = "role";
    private static final String NAME = "name";
    private static final String CONTENT = "content";
    private static final String TYPE = "type";
    private static final String TEXT = "text";

    /** As chat completions, responses and Anthropic's messages name parts with text. */
    private static final Set<String> TEXTS = Set.of("text", "input_text", "output_text");

    /** Payloads were checked on their way in, and are bounded there. Their names are the senders', so they are not interned. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
                    .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                    .build())
            .build();

    @Override
    public Optional<Message> read(Json payload) {
        JsonNode message = tree(payload);
        String role = required(message.get(ROLE));
        String name = optional(message.get(NAME));
        String text = text(message.get(CONTENT)).strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(new Message(role, name, text));
    }

    @Override
    public Json properties(Message message) {
        ObjectNode properties = MAPPER.createObjectNode();
        properties.put(ROLE, message.role());
        if (message.name() != null) {
            properties.put(NAME, message.name());
        }
        return new Json(properties.toString());
    }

    @Override
    public Optional<String> speaker(Json properties) {
        if (properties.equals(Json.EMPTY)) {
            return Optional.empty();
        }
        JsonNode told = tree(properties);
        return filled(told.get(NAME)).or(() -> filled(told.get(ROLE)));
    }

    private static Optional<String> filled(@Nullable JsonNode value) {
        return value != null && value.isString() && !value.stringValue().isBlank()
                ? Optional.of(value.stringValue())
                : Optional.empty();
    }

    private static JsonNode tree(Json json) {
        try {
            return MAPPER.readTree(json.text());
        } catch (JacksonException e) {
            throw new Invalid("", "malformed", "must be a JSON object that can be read");
        }
    }

    private static String required(@Nullable JsonNode role) {
        if (role == null) {
            throw new Invalid("/role", "required", "must be given");
        }
        if (!role.isString()) {
            throw new Invalid("/role", TYPE, "must be a string");
        }
        new Checks().identifier("/role", role.stringValue()).orThrow();
        return role.stringValue();
    }

    private static @Nullable String optional(@Nullable JsonNode name) {
        if (name == null || name.isNull()) {
            return null;
        }
        if (!name.isString()) {
            throw new Invalid("/name", TYPE, "must be a string");
        }
        new Checks().identifier("/name", name.stringValue()).orThrow();
        return name.stringValue();
    }

    private static String text(@Nullable JsonNode content) {
        if (content == null || content.isNull()) {
            return "";
        }
        if (content.isString()) {
            return content.stringValue();
        }
        if (!content.isArray()) {
            throw new Invalid("/content", TYPE, "must be a string or a list of parts");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < content.size(); i++) {
            String text = part(content.get(i), "/content/" + i);
            if (!text.isBlank()) {
                texts.add(text.strip());
            }
        }
        return String.join("\n\n", texts);
    }

    private static String part(JsonNode part, String pointer) {
        if (!part.isObject()) {
            throw new Invalid(pointer, TYPE, "must be an object");
        }
        JsonNode type = part.get(TYPE);
        if (type == null || !type.isString()) {
            throw new Invalid(pointer + "/type", type == null ? "required" : TYPE, "must be a string");
        }
        if (!TEXTS.contains(type.stringValue())) {
            return "";
        }
        JsonNode text = part.get(TEXT);
        if (text == null || !text.isString()) {
            throw new Invalid(pointer + "/text", text == null ? "required" : TYPE, "must be a string");
        }
        return text.stringValue();
    }
}

package xyz.graphyn.bootstrap;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.application.memory.MessageReader;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.Message;
import xyz.graphyn.domain.validation.Invalid;

/** Reads messages whose {@code content} is text. */
final class PlainMessages implements MessageReader {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @Override
    public Optional<Message> read(Json payload) {
        JsonNode message = MAPPER.readTree(payload.text());
        String role = text(message, "role");
        String name = text(message, "name");
        String content = text(message, "content");
        return content == null || content.isBlank()
                ? Optional.empty()
                : Optional.of(new Message(role == null ? "user" : role, name, content));
    }

    private static @Nullable String text(JsonNode message, String member) {
        JsonNode value = message.path(member);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw new Invalid("/" + member, "wrong-type", "must be a string");
        }
        return value.asString();
    }
}

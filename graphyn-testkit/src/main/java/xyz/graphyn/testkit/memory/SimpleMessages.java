package xyz.graphyn.testkit.memory;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xyz.graphyn.application.memory.MessageReader;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.Message;
import xyz.graphyn.domain.validation.Invalid;

/**
 * Reads members {@code role}, {@code name} and {@code content} wherever they stand, of texts with no escapes but that of the
 * quote. A message without content has no text; one whose content is not a string is none.
 */
public final class SimpleMessages implements MessageReader {
    private static final Pattern NOT_A_STRING = Pattern.compile("\"content\"\\s*:\\s*[^\"\\s]");

    @Override
    public Optional<Message> read(Json payload) {
        if (NOT_A_STRING.matcher(payload.text()).find()) {
            throw new Invalid("/content", "type", "must be a string");
        }
        return member(payload, "content")
                .map(text -> new Message(
                        member(payload, "role").orElse("user"),
                        member(payload, "name").orElse(null),
                        text));
    }

    @Override
    public Json properties(Message message) {
        String name = message.name() == null ? "" : ",\"name\":" + quoted(message.name());
        return new Json("{\"role\":" + quoted(message.role()) + name + "}");
    }

    @Override
    public Optional<String> speaker(Json properties) {
        return member(properties, "name").or(() -> member(properties, "role"));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\\\"") + "\"";
    }

    private static Optional<String> member(Json payload, String name) {
        Matcher found = Pattern.compile("\"" + name + "\"\\s*:\\s*\"((?:[^\"\\\\]++|\\\\\")*+)\"")
                .matcher(payload.text());
        return found.find() ? Optional.of(found.group(1).replace("\\\"", "\"")) : Optional.empty();
    }
}

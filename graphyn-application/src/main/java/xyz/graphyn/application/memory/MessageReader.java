package xyz.graphyn.application.memory;

import java.util.Optional;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.Message;
import xyz.graphyn.domain.validation.Invalid;

/** Understands the payloads of {@code message} events. */
public interface MessageReader {
    /**
     * @return empty if the message has no text, such as a call of a tool or a picture alone
     * @throws Invalid if the payload is no message, with the place in it and without what stands there
     */
    Optional<Message> read(Json payload);

    /** What a node keeps of a message beside its text: {@code role}, and {@code name} where there is one. */
    Json properties(Message message);

    /** Who spoke, by such properties, or by those of a node that was told like one; masked ones too. */
    Optional<String> speaker(Json properties);
}

package xyz.graphyn.domain.agent;

import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.validation.Checks;

/**
 * What people say about an agent, and may change.
 *
 * @param name 1 to {@value #MAX_NAME} code points, not blank; need not be unique
 * @param description at most {@value #MAX_DESCRIPTION} code points
 * @param instructions the system prompt, at most {@value #MAX_INSTRUCTIONS} code points
 * @param model the language model's name, for example {@code gpt-5}, at most {@value #MAX_MODEL} code points
 * @param metadata anything, at most {@value #MAX_METADATA} characters of JSON
 */
public record AgentProfile(
        String name,
        @Nullable String description,
        @Nullable String instructions,
        @Nullable String model,
        Json metadata) {
    public static final int MAX_NAME = 200;
    public static final int MAX_DESCRIPTION = 2_000;
    /** About 25,000 tokens: longer than any system prompt that we have seen. */
    public static final int MAX_INSTRUCTIONS = 100_000;

    public static final int MAX_MODEL = 200;
    public static final int MAX_METADATA = 65_536;

    /** @throws xyz.graphyn.domain.validation.Invalid with every mistake */
    public AgentProfile {
        new Checks()
                .text("/name", name, MAX_NAME)
                .optionalText("/description", description, MAX_DESCRIPTION)
                .optionalText("/instructions", instructions, MAX_INSTRUCTIONS)
                .text("/model", model, MAX_MODEL)
                .json("/metadata", metadata, MAX_METADATA)
                .orThrow();
    }

    /** As much as shows that the agent exists: its name. */
    public AgentProfile nameOnly() {
        return new AgentProfile(name, null, null, null, Json.EMPTY);
    }
}

package xyz.graphyn.adapter.http.usage;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.usage.ReportedUsage;
import xyz.graphyn.domain.validation.Checks;

/**
 * Understands the usage blocks of providers as they came: the member names are those of OpenAI's chat completions and
 * responses APIs, of Anthropic's messages API and of Gemini's {@code usageMetadata}. Members that are not needed are passed
 * over. OpenAI and Gemini count what was read from the cache within the prompt, Anthropic beside it.
 */
final class UsageBlock {
    /** What is understood, for the reference and for those who sent something else. */
    static final String UNDERSTOOD =
            "OpenAI's (`prompt_tokens`, or `input_tokens` with `input_tokens_details`), Anthropic's"
                    + " (`input_tokens` with `cache_read_input_tokens`, `cache_creation_input_tokens`) or Gemini's"
                    + " (`promptTokenCount`)";

    private static final JsonMapper JSON = new JsonMapper();
    private static final String AT = "/usage";

    private final JsonNode block;
    private final Checks checks = new Checks();

    private UsageBlock(JsonNode block) {
        this.block = block;
    }

    /** @throws xyz.graphyn.domain.validation.Invalid if it is none of these, or its numbers can't be */
    static ReportedUsage read(Json block) {
        return new UsageBlock(JSON.readTree(block.text())).read();
    }

    private ReportedUsage read() {
        boolean anthropic = block.has("cache_read_input_tokens") || block.has("cache_creation_input_tokens");
        List<String> prompts = List.of("prompt_tokens", "input_tokens", "promptTokenCount").stream()
                .filter(block::has)
                .toList();
        boolean ambiguous = prompts.size() > 1 || (anthropic && block.has("input_tokens_details"));
        if (prompts.isEmpty() || ambiguous) {
            checks.add(AT, "not-understood", "must be " + UNDERSTOOD + (ambiguous ? ", not a mixture" : ""));
            checks.orThrow();
        }
        return switch (prompts.getFirst()) {
            case "prompt_tokens" ->
                within(prompts.getFirst(), "completion_tokens", "prompt_tokens_details", "cached_tokens");
            case "promptTokenCount" -> gemini();
            default ->
                anthropic
                        ? beside()
                        : within(prompts.getFirst(), "output_tokens", "input_tokens_details", "cached_tokens");
        };
    }

    /** What was read from the cache is part of the prompt. */
    private ReportedUsage within(String prompt, String output, String details, String cached) {
        JsonNode detail = block.path(details);
        if (!detail.isMissingNode() && !detail.isNull() && !detail.isObject()) {
            checks.add(AT + "/" + details, "wrong-type", "must be an object");
        }
        return of(
                required(prompt),
                optional(detail.get(cached), AT + "/" + details + "/" + cached),
                AT + "/" + details + "/" + cached,
                optional(block.get(output), AT + "/" + output));
    }

    private ReportedUsage gemini() {
        long thoughts = optional(block.get("thoughtsTokenCount"), AT + "/thoughtsTokenCount");
        String cached = "cachedContentTokenCount";
        return of(
                required("promptTokenCount"),
                optional(block.get(cached), AT + "/" + cached),
                AT + "/" + cached,
                optional(block.get("candidatesTokenCount"), AT + "/candidatesTokenCount") + thoughts);
    }

    private ReportedUsage of(long prompt, long cached, String at, long output) {
        if (cached > prompt) {
            checks.add(at, "out-of-range", "must not be more than the prompt");
        }
        checks.within(AT, output, 0, ReportedUsage.MAX_TOKENS).orThrow();
        return new ReportedUsage(prompt - cached, cached, 0, output, false);
    }

    private ReportedUsage beside() {
        long uncached = required("input_tokens");
        long read = optional(block.get("cache_read_input_tokens"), AT + "/cache_read_input_tokens");
        long written = optional(block.get("cache_creation_input_tokens"), AT + "/cache_creation_input_tokens");
        long output = optional(block.get("output_tokens"), AT + "/output_tokens");
        checks.orThrow();
        return new ReportedUsage(uncached, read, written, output, true);
    }

    private long required(String name) {
        JsonNode value = block.get(name);
        if (value == null || value.isNull()) {
            checks.add(AT + "/" + name, "required", "must be given");
            return 0;
        }
        return optional(value, AT + "/" + name);
    }

    /** 0 where there is none, and where it is none, which is noted. */
    private long optional(@Nullable JsonNode value, String at) {
        if (value == null || value.isNull()) {
            return 0;
        }
        if (!value.isIntegralNumber()) {
            checks.add(at, "wrong-type", "must be a whole number");
            return 0;
        }
        long number = value.canConvertToLong() ? value.longValue() : -1;
        checks.within(at, number, 0, ReportedUsage.MAX_TOKENS);
        return Math.clamp(number, 0, ReportedUsage.MAX_TOKENS);
    }
}

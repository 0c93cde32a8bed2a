package xyz.graphyn.adapter.http.mcp;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.json.Atom;
import xyz.graphyn.application.agent.AgentQuery;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.application.recall.ContextRequest;
import xyz.graphyn.application.recall.RecallQuery;
import xyz.graphyn.application.recall.SearchRequest;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.validation.Checks;

/** What clients of the protocol send: messages, and the arguments of tools. */
final class McpJson {
    static final String MESSAGE = """
            {"jsonrpc":"2.0","id":1,"method":"tools/list"}""";

    private static final String AGENT = "Whose memory: an id that list_agents gives.";
    private static final String AS_OF =
            "Memory as it was at this time: what had occurred by then, and of newer facts those that had occurred; as it is"
                    + " now, unless it is given.";
    private static final String TYPE_PATTERN = "^" + Checks.TYPE_NAME_PATTERN + "$";
    private static final int FEW = 10;

    private McpJson() {}

    /** @param id absent from notifications */
    @Schema(name = "McpMessage", description = "A JSON-RPC 2.0 request, or a notification if it has no `id`.")
    record Message(
            @Schema(allowableValues = "2.0") String jsonrpc,

            @Schema(description = "A string or a number, which the answer repeats.") @Nullable Atom id,

            @Schema(minLength = 1) String method,

            @Nullable Json params) {}

    @Schema(name = "McpAnswer", description = "A JSON-RPC 2.0 answer.")
    record Answer(String jsonrpc, Atom id, Json result) {
        static final Answer EXAMPLE = new Answer("2.0", new Atom("1", 1L), new Json("{\"tools\":[]}"));
    }

    @Schema(description = "Something to be remembered.")
    record Remember(
            @Schema(description = AGENT) UUID agentId,

            @Schema(
                    description = "What is to be remembered: one fact, one preference, one decision.",
                    minLength = 1,
                    maxLength = NodeDraft.MAX_CONTENT)
            String content,

            @Schema(
                    description = "What kind of memory it is; fact, unless it is given.",
                    minLength = 1,
                    maxLength = Checks.MAX_TYPE_NAME,
                    pattern = TYPE_PATTERN)
            @Nullable String type,

            @ArraySchema(
                    maxItems = NodeDraft.MAX_LABELS,
                    schema = @Schema(minLength = 1, maxLength = NodeDraft.MAX_LABEL))
            @Nullable List<String> labels,

            @Schema(description = "When it happened or was learnt; now, unless it is given.") @Nullable Instant occurredAt,

            @Schema(description = "The conversation it comes from.", minLength = 1, maxLength = Checks.MAX_IDENTIFIER)
            @Nullable String sessionId,

            @Schema(
                    description = "Your own id for it: remembering it again changes nothing.",
                    minLength = 1,
                    maxLength = Checks.MAX_IDENTIFIER)
            @Nullable String externalId) {
        AgentId agent() {
            return new AgentId(agentId);
        }

        NodeDraft draft() {
            return new NodeDraft(
                    Objects.requireNonNullElse(type, "fact"),
                    content,
                    Objects.requireNonNullElse(labels, List.of()),
                    Json.EMPTY,
                    occurredAt,
                    sessionId,
                    externalId);
        }
    }

    @Schema(description = "A question to memory.")
    record Recall(
            @Schema(description = AGENT) UUID agentId,

            @Schema(description = "What is looked for.", minLength = 1, maxLength = RecallQuery.MAX_TEXT)
            String query,

            @Schema(
                    description = "How many memories at most; 10, unless it is given.",
                    minimum = "1",
                    maximum = "" + Page.MAX_LIMIT)
            @Nullable Integer limit,

            @Schema(description = "Only of this conversation.", minLength = 1, maxLength = Checks.MAX_IDENTIFIER)
            @Nullable String sessionId,

            @Schema(description = "Only what occurred at this time or later.") @Nullable Instant from,

            @Schema(description = "Only what occurred before this time.") @Nullable Instant to,

            @Schema(description = AS_OF) @Nullable Instant asOf) {
        AgentId agent() {
            return new AgentId(agentId);
        }

        SearchRequest request() {
            return new SearchRequest(
                    query, Objects.requireNonNullElse(limit, FEW), List.of(), from, to, asOf, sessionId, null);
        }
    }

    @Schema(description = "What a prompt needs of memory.")
    record GetContext(
            @Schema(description = AGENT) UUID agentId,

            @Schema(
                    description = "What the prompt is about, mostly the user's last message.",
                    minLength = 1,
                    maxLength = RecallQuery.MAX_TEXT)
            String query,

            @Schema(
                    description = "How many tokens the context may have.",
                    minimum = "1",
                    maximum = "" + ContextRequest.MAX_BUDGET)
            int tokenBudget,

            @Schema(
                    description = "The model that the prompt is for, whose tokens are counted.",
                    minLength = 1,
                    maxLength = ContextRequest.MAX_MODEL)
            @Nullable String model,

            @Schema(description = "Only of this conversation.", minLength = 1, maxLength = Checks.MAX_IDENTIFIER)
            @Nullable String sessionId,

            @Schema(
                    description =
                            "How many of the latest messages are kept, whatever is asked; none, unless it is given.",
                    minimum = "0",
                    maximum = "" + ContextRequest.MAX_RECENT)
            @Nullable Integer recent,

            @Schema(description = AS_OF) @Nullable Instant asOf) {
        AgentId agent() {
            return new AgentId(agentId);
        }

        ContextRequest request() {
            return new ContextRequest(
                    query,
                    tokenBudget,
                    model,
                    sessionId,
                    List.of(),
                    List.of(),
                    List.of(),
                    Objects.requireNonNullElse(recent, 0),
                    null,
                    null,
                    asOf,
                    null);
        }
    }

    @Schema(description = "Something that happened.")
    record LogEvent(
            @Schema(description = AGENT) UUID agentId,

            @Schema(
                    description = "What kind of thing happened, such as message or tool.called.",
                    minLength = 1,
                    maxLength = Checks.MAX_TYPE_NAME,
                    pattern = TYPE_PATTERN)
            String type,

            @Schema(
                    description = "What happened, as an object. That of a message has role and content, and becomes"
                            + " memory.")
            Json payload,

            @Schema(description = "When it happened; now, unless it is given.") @Nullable Instant occurredAt,

            @Schema(description = "The conversation it belongs to.", minLength = 1, maxLength = Checks.MAX_IDENTIFIER)
            @Nullable String sessionId,

            @Schema(
                    description = "Your own id for it: logging it again changes nothing.",
                    minLength = 1,
                    maxLength = Checks.MAX_IDENTIFIER)
            @Nullable String externalId) {
        AgentId agent() {
            return new AgentId(agentId);
        }

        EventDraft draft() {
            return new EventDraft(type, payload, occurredAt, sessionId, externalId);
        }
    }

    @Schema(description = "Which agents are listed.")
    record ListAgents(
            @Schema(
                    description = "Only those whose name contains this.",
                    minLength = 1,
                    maxLength = Checks.MAX_IDENTIFIER)
            @Nullable String q,

            @Schema(
                    description = "How many at most; 50, unless it is given.",
                    minimum = "1",
                    maximum = "" + Page.MAX_LIMIT)
            @Nullable Integer limit,

            @Schema(description = "Only those behind this one: the nextCursor of the answer before.") @Nullable UUID after) {
        AgentQuery query() {
            int most = Objects.requireNonNullElse(limit, Page.DEFAULT_LIMIT);
            new Checks()
                    .optionalText("/q", q, Checks.MAX_IDENTIFIER)
                    .within("/limit", most, 1, Page.MAX_LIMIT)
                    .orThrow();
            return new AgentQuery(q, after == null ? null : new AgentId(after), most, null);
        }
    }
}

package xyz.graphyn.adapter.http.memory;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.agent.AgentRoutes;
import xyz.graphyn.adapter.http.json.Change;
import xyz.graphyn.adapter.http.json.MergePatch;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.memory.ManageNodes.Successor;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.NodeSource;
import xyz.graphyn.domain.validation.Checks;

/** Nodes as clients write and read them. */
public final class NodeJson {
    static final String NEW_NODE = """
            {"type":"preference","content":"Ada prefers trains to planes.","labels":["travel"],\
            "properties":{"confidence":0.9},"sessionId":"chat-17","externalId":"pref-1"}""";

    static final String NEW_NODES = "{\"nodes\":[" + NEW_NODE + "]}";

    static final String NODE_PATCH = """
            {"content":"Ada prefers night trains to planes.","properties":{"confidence":1.0}}""";

    private NodeJson() {}

    @Schema(description = "A node to be added.")
    record NewNode(
            @Schema(
                    description = "What kind of memory it is, such as `fact` or `preference`.",
                    minLength = 1,
                    maxLength = Checks.MAX_TYPE_NAME,
                    pattern = "^" + Checks.TYPE_NAME_PATTERN + "$")
            String type,

            @Schema(description = "What is remembered.", minLength = 1, maxLength = NodeDraft.MAX_CONTENT)
            String content,

            @ArraySchema(
                    maxItems = NodeDraft.MAX_LABELS,
                    uniqueItems = true,
                    schema = @Schema(minLength = 1, maxLength = NodeDraft.MAX_LABEL))
            @Nullable List<String> labels,

            @Schema(description = "An object of your own, of at most " + NodeDraft.MAX_PROPERTIES + " characters.")
            @Nullable Json properties,

            @Schema(description = "When it happened or was learnt; the time of its arrival, unless it is given.")
            @Nullable Instant occurredAt,

            @Schema(
                    description = "The run or conversation that it comes from.",
                    minLength = 1,
                    maxLength = Checks.MAX_IDENTIFIER)
            @Nullable String sessionId,

            @Schema(
                    description = "Your own id for it: an agent never has two nodes with the same.",
                    minLength = 1,
                    maxLength = Checks.MAX_IDENTIFIER)
            @Nullable String externalId) {
        NodeDraft draft() {
            return new NodeDraft(
                    type,
                    content,
                    Objects.requireNonNullElse(labels, List.of()),
                    Objects.requireNonNullElse(properties, Json.EMPTY),
                    occurredAt,
                    sessionId,
                    externalId);
        }
    }

    @Schema(description = "Nodes to be added, all or none.")
    record NewNodes(
            @ArraySchema(minItems = 1, maxItems = NodeDraft.MAX_BATCH)
            List<NewNode> nodes) {}

    /** @param externalId may be given, but not changed */
    @Schema(description = "What is to change of a node.")
    record NodePatch(
            @Schema(minLength = 1, maxLength = Checks.MAX_TYPE_NAME, pattern = "^" + Checks.TYPE_NAME_PATTERN + "$")
            Change<String> type,

            @Schema(minLength = 1, maxLength = NodeDraft.MAX_CONTENT)
            Change<String> content,

            @ArraySchema(
                    maxItems = NodeDraft.MAX_LABELS,
                    uniqueItems = true,
                    schema = @Schema(minLength = 1, maxLength = NodeDraft.MAX_LABEL))
            Change<@Nullable List<String>> labels,

            @Schema(description = "Merged member by member.")
            Change<@Nullable Json> properties,

            Change<Instant> occurredAt,

            @Schema(minLength = 1, maxLength = Checks.MAX_IDENTIFIER)
            Change<@Nullable String> sessionId,

            @Schema(description = "May be given, but not changed.")
            Change<@Nullable String> externalId,

            @Schema(
                    description =
                            "The newer node that holds in its place; null if none does, and memory is not to find one"
                                    + " again.")
            Change<@Nullable UUID> supersededBy) {
        Successor successor() {
            return switch (supersededBy) {
                case Change.Keep<@Nullable UUID> keep -> new Successor.Untold();
                case Change.Remove<@Nullable UUID> remove -> new Successor.None();
                case Change.Become<@Nullable UUID> become -> {
                    UUID newer = become.value();
                    yield newer == null ? new Successor.None() : new Successor.By(new NodeId(newer));
                }
            };
        }

        NodeDraft applyTo(NodeDraft draft) {
            return new NodeDraft(
                    type.or(draft.type()),
                    content.or(draft.content()),
                    Objects.requireNonNullElse(labels.applyTo(draft.labels()), List.of()),
                    MergePatch.apply(draft.properties(), properties),
                    occurredAt.applyTo(draft.occurredAt()),
                    sessionId.applyTo(draft.sessionId()),
                    externalId.applyTo(draft.externalId()));
        }
    }

    @Schema(description = "One unit of an agent's memory.")
    public record Node(
            UUID id,
            UUID agentId,
            String type,

            @Schema(description = "What is remembered.") String content,

            List<String> labels,

            @Schema(description = "An object of your own.") Json properties,

            @Schema(description = "Of the content, by the usual tokenizer.")
            int tokens,

            @Nullable String sessionId,
            @Nullable String externalId,

            @Schema(description = "The event that it was made from; null if it was told as a node.") @Nullable UUID sourceEventId,

            @Schema(description = "That event's `externalId`.") @Nullable String sourceExternalId,

            @Schema(
                    description =
                            "The newer node that holds in its place, for which search and context leave this one out;"
                                    + " null if none does.")
            @Nullable UUID supersededBy,

            @Schema(description = "When it happened or was learnt.")
            Instant occurredAt,

            Instant createdAt,
            Instant updatedAt) {
        public static final Node EXAMPLE = new Node(
                NodeRoutes.NODE_ID.example(),
                AgentRoutes.AGENT_ID.example(),
                "preference",
                "Ada prefers trains to planes.",
                List.of("travel"),
                new Json("{\"confidence\":0.9}"),
                6,
                "chat-17",
                "pref-1",
                null,
                null,
                null,
                Instant.parse("2026-05-04T10:00:00.123456Z"),
                Instant.parse("2026-05-04T10:00:00.123456Z"),
                Instant.parse("2026-05-04T10:00:00.123456Z"));

        /** What held before {@link #EXAMPLE}. */
        static final Node OLDER = new Node(
                UUID.fromString("0197a1d2-6b2c-7a1f-9c3d-4e5f60718293"),
                AgentRoutes.AGENT_ID.example(),
                "preference",
                "Ada prefers planes to trains.",
                List.of("travel"),
                Json.EMPTY,
                6,
                "chat-3",
                null,
                null,
                null,
                EXAMPLE.id(),
                Instant.parse("2025-11-20T10:00:00.123456Z"),
                Instant.parse("2025-11-20T10:00:00.123456Z"),
                EXAMPLE.updatedAt());

        public static Node of(Masked<xyz.graphyn.domain.memory.Node> node) {
            return of(node.value());
        }

        /** @param node as its reader may see it */
        public static Node of(xyz.graphyn.domain.memory.Node node) {
            NodeSource source = node.source();
            NodeId supersededBy = node.supersededBy();
            return new Node(
                    node.id().value(),
                    node.agent().value(),
                    node.type(),
                    node.content(),
                    node.labels(),
                    node.properties(),
                    node.tokens(),
                    node.sessionId(),
                    node.externalId(),
                    source == null ? null : source.event().value(),
                    source == null ? null : source.externalId(),
                    supersededBy == null ? null : supersededBy.value(),
                    node.occurredAt(),
                    node.createdAt(),
                    node.updatedAt());
        }
    }

    @Schema(description = "A page of nodes.")
    record NodeList(
            List<Node> items,

            @Schema(description = "The `cursor` of the next page; null after the last.") @Nullable String nextCursor) {
        static final NodeList EXAMPLE = new NodeList(List.of(Node.EXAMPLE, Node.OLDER), null);

        static NodeList of(Masked<Page<xyz.graphyn.domain.memory.Node>> page, @Nullable String nextCursor) {
            return new NodeList(
                    page.value().items().stream().map(node -> Node.of(node)).toList(), nextCursor);
        }
    }

    @Schema(description = "What became of one node.")
    record AddedNode(
            UUID id,
            @Nullable String externalId,

            @Schema(description = "False if the agent had this `externalId` already: `id` is the first node's.")
            boolean created) {
        static AddedNode of(xyz.graphyn.application.append.AddedNode node) {
            return new AddedNode(node.id().value(), node.externalId(), node.created());
        }
    }

    /** One for each node of the batch, in its order. */
    @Schema(description = "What became of the nodes: one item for each, in their order.")
    record AddedNodes(List<AddedNode> items) {
        static final AddedNodes EXAMPLE =
                new AddedNodes(List.of(new AddedNode(NodeRoutes.NODE_ID.example(), "pref-1", true)));

        static AddedNodes of(Masked<List<xyz.graphyn.application.append.AddedNode>> added) {
            return new AddedNodes(added.value().stream().map(AddedNode::of).toList());
        }
    }
}

package xyz.graphyn.adapter.http.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.agent.AgentRoutes;
import xyz.graphyn.adapter.http.json.Change;
import xyz.graphyn.adapter.http.json.MergePatch;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.validation.Checks;
import xyz.graphyn.domain.validation.Invalid;

/** Nodes as clients write and read them. */
final class NodeJson {
    static final String NEW_NODE = """
            {"type":"preference","content":"Ada prefers trains to planes.","labels":["travel"],\
            "properties":{"confidence":0.9},"sessionId":"chat-17","externalId":"pref-1"}""";

    static final String NEW_NODES = "{\"nodes\":[" + NEW_NODE + "]}";

    static final String NODE_PATCH = """
            {"content":"Ada prefers night trains to planes.","properties":{"confidence":1.0}}""";

    private NodeJson() {}

    record NewNode(
            String type,
            String content,
            @Nullable List<String> labels,
            @Nullable Json properties,
            @Nullable Instant occurredAt,
            @Nullable String sessionId,
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

    record NewNodes(List<NewNode> nodes) {
        /** @throws Invalid with the mistakes of all nodes */
        List<NodeDraft> drafts() {
            List<NodeDraft> drafts = new ArrayList<>(nodes.size());
            Checks checks = new Checks();
            for (int i = 0; i < nodes.size(); i++) {
                try {
                    drafts.add(nodes.get(i).draft());
                } catch (Invalid invalid) {
                    checks.addAll("/nodes/" + i, invalid);
                }
            }
            checks.orThrow();
            return drafts;
        }
    }

    /** @param externalId may be given, but not changed */
    record NodePatch(
            Change<String> type,
            Change<String> content,
            Change<@Nullable List<String>> labels,
            Change<@Nullable Json> properties,
            Change<Instant> occurredAt,
            Change<@Nullable String> sessionId,
            Change<@Nullable String> externalId) {
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

    record Node(
            UUID id,
            UUID agentId,
            String type,
            String content,
            List<String> labels,
            Json properties,
            @Nullable String sessionId,
            @Nullable String externalId,
            Instant occurredAt,
            Instant createdAt,
            Instant updatedAt) {
        static final Node EXAMPLE = new Node(
                NodeRoutes.NODE_ID.example(),
                AgentRoutes.AGENT_ID.example(),
                "preference",
                "Ada prefers trains to planes.",
                List.of("travel"),
                new Json("{\"confidence\":0.9}"),
                "chat-17",
                "pref-1",
                Instant.parse("2026-05-04T10:00:00.123456Z"),
                Instant.parse("2026-05-04T10:00:00.123456Z"),
                Instant.parse("2026-05-04T10:00:00.123456Z"));

        static Node of(xyz.graphyn.domain.memory.Node node) {
            return new Node(
                    node.id().value(),
                    node.agent().value(),
                    node.type(),
                    node.content(),
                    node.labels(),
                    node.properties(),
                    node.sessionId(),
                    node.externalId(),
                    node.occurredAt(),
                    node.createdAt(),
                    node.updatedAt());
        }
    }

    record NodeList(List<Node> items, @Nullable String nextCursor) {
        static final NodeList EXAMPLE = new NodeList(List.of(Node.EXAMPLE), null);
    }

    record AddedNode(UUID id, @Nullable String externalId, boolean created) {
        static AddedNode of(xyz.graphyn.application.append.AddedNode node) {
            return new AddedNode(node.id().value(), node.externalId(), node.created());
        }
    }

    /** One for each node of the batch, in its order. */
    record AddedNodes(List<AddedNode> items) {
        static final AddedNodes EXAMPLE =
                new AddedNodes(List.of(new AddedNode(NodeRoutes.NODE_ID.example(), "pref-1", true)));
    }
}

package xyz.graphyn.adapter.postgres.append;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.audit.AuditRows;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.application.append.AddedNode;
import xyz.graphyn.application.append.NodeBatch;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

/** Adding a batch of nodes: lock, find what is known, write what is new. Four trips, the commit included. */
final class NodeAppend {
    /** All that a batch writes, in one trip. An array of arrays must be even, so each node's labels travel as text. */
    private static final String WRITE = """
            INSERT INTO node (organization_id, agent_id, node_id, occurred_at, created_at, updated_at, type, session_id,
                external_id, content, labels, properties)
            SELECT :organization, :agent, node_id, occurred_at::timestamptz, created_at::timestamptz,
                updated_at::timestamptz, type, session_id, external_id, content, labels::text[], properties::json
            FROM unnest(:ids::uuid[], :times::text[], :createdTimes::text[], :updatedTimes::text[], :types::text[],
                :sessions::text[], :externalIds::text[], :contents::text[], :labels::text[], :properties::text[])
                AS batch (node_id, occurred_at, created_at, updated_at, type, session_id, external_id, content, labels,
                    properties);

            INSERT INTO node_label (organization_id, agent_id, node_id, label, occurred_at)
            SELECT :organization, :agent, node_id, label, occurred_at::timestamptz
            FROM unnest(:ids::uuid[], :times::text[], :labels::text[]) AS batch (node_id, occurred_at, labels)
                CROSS JOIN LATERAL unnest(labels::text[]) AS label;

            UPDATE agent_head SET memory_version = memory_version + 1
            WHERE organization_id = :organization AND agent_id = :agent;

            %s""".formatted(AuditRows.INSERT);

    private NodeAppend() {}

    static List<AddedNode> add(TenantSql sql, NodeBatch batch) {
        AgentHead.lock(sql, batch.agent());
        Map<String, AddedNode> known = known(sql, batch);
        List<Node> created = new ArrayList<>();
        List<AddedNode> outcome = new ArrayList<>();
        for (Node node : batch.nodes()) {
            @Nullable String externalId = node.externalId();
            AddedNode first = externalId == null ? null : known.get(externalId);
            if (first == null) {
                created.add(node);
                if (externalId != null) {
                    known.put(externalId, new AddedNode(node.id(), externalId, false));
                }
            }
            outcome.add(first == null ? new AddedNode(node.id(), externalId, true) : first);
        }
        if (!created.isEmpty()) {
            write(sql, batch, created, outcome);
        }
        return List.copyOf(outcome);
    }

    /**
     * A statement after the one that locked: in READ COMMITTED it sees all that was committed before we held the head. LIMIT
     * makes it one look-up for each id, however many there are, where the planner might read all that the agent has.
     */
    private static Map<String, AddedNode> known(TenantSql sql, NodeBatch batch) {
        List<String> externalIds = batch.nodes().stream()
                .map(Node::externalId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<String, AddedNode> known = new HashMap<>();
        if (externalIds.isEmpty()) {
            return known;
        }
        AgentHead.named(sql.query("""
                                SELECT known.* FROM unnest(:externalIds::text[]) AS wanted (external_id) CROSS JOIN LATERAL (
                                    SELECT node_id, external_id FROM node
                                    WHERE organization_id = :organization AND agent_id = :agent
                                      AND external_id = wanted.external_id
                                    LIMIT 1) known"""), batch.agent())
                .bindArray("externalIds", String.class, externalIds)
                .map((row, context) -> new AddedNode(
                        new NodeId(row.getObject("node_id", UUID.class)), row.getString("external_id"), false))
                .forEach(node -> known.put(Objects.requireNonNull(node.externalId()), node));
        return known;
    }

    private static void write(TenantSql sql, NodeBatch batch, List<Node> created, List<AddedNode> outcome) {
        Update update = AuditRows.bind(
                AgentHead.named(sql.update(WRITE), batch.agent()), batch.audit().apply(outcome));
        update.bindArray(
                "ids",
                UUID.class,
                created.stream().map(node -> node.id().value()).toList());
        column(update, "times", created, node -> node.occurredAt().toString());
        column(update, "createdTimes", created, node -> node.createdAt().toString());
        column(update, "updatedTimes", created, node -> node.updatedAt().toString());
        column(update, "types", created, Node::type);
        column(update, "sessions", created, Node::sessionId);
        column(update, "externalIds", created, Node::externalId);
        column(update, "contents", created, Node::content);
        column(update, "labels", created, node -> arrayText(node.labels()));
        column(update, "properties", created, node -> node.properties().text());
        update.execute();
    }

    private static void column(Update update, String name, List<Node> nodes, Function<Node, @Nullable String> value) {
        update.bindArray(name, String.class, nodes.stream().map(value).toList());
    }

    /** As PostgreSQL writes an array of text (PostgreSQL, "Arrays", "Array Input and Output Syntax"). */
    private static String arrayText(List<String> elements) {
        return elements.stream()
                .map(element -> "\"" + element.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(",", "{", "}"));
    }
}

package xyz.graphyn.adapter.postgres.append;

import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import xyz.graphyn.adapter.postgres.masking.FindingsColumns;
import xyz.graphyn.adapter.postgres.memory.NodeRows;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

/** Finding, rewriting and removing one node, under the lock on its agent's head. */
final class NodeRewrite {
    private NodeRewrite() {}

    static Optional<Node> find(TenantSql sql, AgentKey agent, NodeId id) {
        return named(sql.query("SELECT " + NodeRows.COLUMNS + """

                                FROM node
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node"""), agent, id)
                .map(NodeRows::node)
                .findOne();
    }

    static void write(TenantSql sql, AgentKey agent, Node node) {
        FindingsColumns.bind(named(sql.update("""
                                UPDATE node SET occurred_at = :occurredAt, updated_at = :updatedAt, type = :type,
                                    session_id = :session, content = :content, labels = :labels,
                                    properties = :properties::json, rules_version = :rules, findings = :findings,
                                    found_in = :foundIn, searches = searches + 1
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node;

                                DELETE FROM node_label
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node;

                                INSERT INTO node_label (organization_id, agent_id, node_id, label, occurred_at)
                                SELECT :organization, :agent, :node, label, :occurredAt
                                FROM unnest(:labels) AS label"""), agent, node.id()), node.findings())
                .bind("occurredAt", node.occurredAt())
                .bind("updatedAt", node.updatedAt())
                .bind("type", node.type())
                .bind("session", node.sessionId())
                .bind("content", node.content())
                .bindArray("labels", String.class, node.labels())
                .bind("properties", node.properties().text())
                .execute();
    }

    static void remove(TenantSql sql, AgentKey agent, NodeId node) {
        named(sql.update("""
                                DELETE FROM node
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node;

                                DELETE FROM node_label
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node"""), agent, node).execute();
    }

    private static <S extends SqlStatement<S>> S named(S statement, AgentKey agent, NodeId node) {
        return statement
                .bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value())
                .bind("node", node.value());
    }
}

package xyz.graphyn.adapter.postgres.append;

import java.util.Optional;
import xyz.graphyn.adapter.postgres.audit.AuditRows;
import xyz.graphyn.adapter.postgres.memory.NodeRows;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

/** Changing and removing one node, under the lock on its agent's head. */
final class NodeRewrite {
    private static final String ADVANCE = """
            UPDATE agent_head SET memory_version = memory_version + 1
            WHERE organization_id = :organization AND agent_id = :agent;

            """ + AuditRows.INSERT;

    private NodeRewrite() {}

    static Optional<Node> change(TenantSql sql, NodeChange change) {
        AgentHead.lock(sql, change.agent());
        Optional<Node> present = find(sql, change.agent(), change.node());
        Optional<Node> changed = present.map(change.edit());
        if (!changed.equals(present)) {
            changed.ifPresent(node -> write(sql, change, node));
        }
        return changed;
    }

    private static Optional<Node> find(TenantSql sql, AgentKey agent, NodeId id) {
        return AgentHead.named(sql.query("SELECT " + NodeRows.COLUMNS + """

                                FROM node
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node"""), agent)
                .bind("node", id.value())
                .map(NodeRows::node)
                .findOne();
    }

    private static void write(TenantSql sql, NodeChange change, Node node) {
        AuditRows.bind(AgentHead.named(sql.update("""
                                        UPDATE node SET occurred_at = :occurredAt, updated_at = :updatedAt, type = :type,
                                            session_id = :session, content = :content, labels = :labels,
                                            properties = :properties::json
                                        WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node;

                                        DELETE FROM node_label
                                        WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node;

                                        INSERT INTO node_label (organization_id, agent_id, node_id, label, occurred_at)
                                        SELECT :organization, :agent, :node, label, :occurredAt
                                        FROM unnest(:labels) AS label;

                                        """ + ADVANCE), change.agent()), change.audit())
                .bind("node", change.node().value())
                .bind("occurredAt", node.occurredAt())
                .bind("updatedAt", node.updatedAt())
                .bind("type", node.type())
                .bind("session", node.sessionId())
                .bind("content", node.content())
                .bindArray("labels", String.class, node.labels())
                .bind("properties", node.properties().text())
                .execute();
    }

    static boolean remove(TenantSql sql, AgentKey agent, NodeId node, AuditEntry audit) {
        AgentHead.lock(sql, agent);
        // Of the two counts, the first is returned: the node's.
        int removed = AgentHead.named(sql.update("""
                                DELETE FROM node
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node;

                                DELETE FROM node_label
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node"""), agent)
                .bind("node", node.value())
                .execute();
        if (removed == 0) {
            return false;
        }
        AuditRows.bind(AgentHead.named(sql.update(ADVANCE), agent), audit).execute();
        return true;
    }
}

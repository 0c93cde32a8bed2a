package xyz.graphyn.adapter.postgres.append;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;
import xyz.graphyn.adapter.postgres.masking.FindingsColumns;
import xyz.graphyn.adapter.postgres.memory.NodeRows;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.Supersession;

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

    /** An embedding of what the content, or what is sensitive in it, was before goes. */
    static void write(TenantSql sql, AgentHead head, Node present, Node changed) {
        boolean sameContent = changed.content().equals(present.content())
                && changed.findings().in("/content").equals(present.findings().in("/content"));
        Supersession known = changed.supersession();
        NodeId by = changed.supersededBy();
        Instant at = known == null ? null : known.at();
        MemoryHead memory = head.memory();
        memory.count(0, changed.tokens() - (long) present.tokens());
        if (!sameContent) {
            memory.unembedded();
        }
        FindingsColumns.bind(named(sql.update("""
                                UPDATE node SET occurred_at = :occurredAt, updated_at = :updatedAt, type = :type,
                                    session_id = :session, content = :content, labels = :labels,
                                    properties = :properties::json, rules_version = :rules, findings = :findings,
                                    found_in = :foundIn, searches = searches + 1, tokens = :tokens, memory_version = :version,
                                    embedding_model = CASE WHEN :sameContent THEN embedding_model ELSE '' END,
                                    superseded_by = :supersededBy::uuid,
                                    superseded_at = :supersededAt::timestamptz,
                                    superseded_told = :supersededTold
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node;

                                DELETE FROM node_embedding
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node
                                  AND NOT :sameContent;

                                DELETE FROM node_label
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node;

                                INSERT INTO node_label (organization_id, agent_id, node_id, label, occurred_at)
                                SELECT :organization, :agent, :node, label, :occurredAt
                                FROM unnest(:labels) AS label"""), head.agent(), changed.id()), changed.findings())
                .bind("occurredAt", changed.occurredAt())
                .bind("updatedAt", changed.updatedAt())
                .bind("type", changed.type())
                .bind("session", changed.sessionId())
                .bind("content", changed.content())
                .bindArray("labels", String.class, changed.labels())
                .bind("properties", changed.properties().text())
                .bind("tokens", changed.tokens())
                .bind("version", memory.next())
                .bind("sameContent", sameContent)
                .bind("supersededBy", by == null ? null : by.toString())
                .bind("supersededAt", at == null ? null : at.toString())
                .bind("supersededTold", known != null && known.told())
                .execute();
    }

    static void remove(TenantSql sql, AgentHead head, Node present) {
        MemoryHead memory = head.memory();
        memory.count(-1, -present.tokens());
        LinkRows.removed(sql, head, present.id());
        memory.countEdges(-EdgeDeeds.removeOf(sql, head.agent(), present.id()));
        named(sql.update("""
                                DELETE FROM node
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node;

                                DELETE FROM node_label
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node;

                                DELETE FROM node_embedding
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node;

                                DELETE FROM node_key
                                WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node;

                                INSERT INTO node_removed (organization_id, agent_id, memory_version, node_id)
                                VALUES (:organization, :agent, :version, :node)"""), head.agent(), present.id())
                .bind("version", memory.next())
                .execute();
    }

    private static <S extends SqlStatement<S>> S named(S statement, AgentKey agent, NodeId node) {
        return statement
                .bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value())
                .bind("node", node.value());
    }
}

package xyz.graphyn.adapter.postgres.agent;

import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Update;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.agent.RemovedAgents;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * Finds its work in {@code agent_purge}, which holds ids only, and turns to the organization that it finds there. A step
 * that is cut off leaves the agent in the queue, with so many rows fewer or not.
 */
public final class PostgresRemovedAgents implements RemovedAgents {
    private final TenantDatabase database;

    public PostgresRemovedAgents(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public boolean purge(int rows) {
        return database.alone(Visibility.none(), sql -> {
            Optional<AgentKey> next = take(sql);
            next.ifPresent(agent -> {
                sql.turnTo(Visibility.of(agent.organization()));
                purge(sql, agent, rows);
            });
            return next.isPresent();
        });
    }

    private static Optional<AgentKey> take(TenantSql sql) {
        return sql.query("""
                        SELECT organization_id, agent_id FROM agent_purge
                        ORDER BY organization_id, agent_id LIMIT 1 FOR UPDATE SKIP LOCKED""")
                .map((row, context) -> new AgentKey(
                        new OrganizationId(row.getObject("organization_id", UUID.class)),
                        new AgentId(row.getObject("agent_id", UUID.class))))
                .findOne();
    }

    private static void purge(TenantSql sql, AgentKey agent, int rows) {
        int left = rows;
        left -= delete(sql, agent, left, EVENTS);
        left -= left == 0 ? 0 : delete(sql, agent, left, EVENT_SPANS);
        left -= left == 0 ? 0 : delete(sql, agent, left, MEMORY_FAILURES);
        left -= left == 0 ? 0 : delete(sql, agent, left, EDGES);
        left -= left == 0 ? 0 : delete(sql, agent, left, NODES_REMOVED);
        left -= left == 0 ? 0 : delete(sql, agent, left, NODE_EMBEDDINGS);
        left -= left == 0 ? 0 : delete(sql, agent, left, NODE_LABELS);
        left -= left == 0 ? 0 : delete(sql, agent, left, NODE_KEYS);
        left -= left == 0 ? 0 : delete(sql, agent, left, NODES);
        left -= left == 0 ? 0 : delete(sql, agent, left, USAGE);
        left -= left == 0 ? 0 : delete(sql, agent, left, USAGE_SESSIONS);
        if (left > 0) {
            named(sql.update("""
                                    DELETE FROM agent WHERE organization_id = :organization AND agent_id = :agent;
                                    DELETE FROM agent_purge
                                    WHERE organization_id = :organization AND agent_id = :agent"""), agent).execute();
        }
    }

    private static int delete(TenantSql sql, AgentKey agent, int atMost, String text) {
        return named(sql.update(text), agent).bind("atMost", atMost).execute();
    }

    private static Update named(Update update, AgentKey agent) {
        return update.bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value());
    }

    // By key and not by ctid, whose comparison is not leakproof and so can't lead to a row under row-level security.

    private static final String EVENTS = """
            DELETE FROM event WHERE organization_id = :organization AND agent_id = :agent AND seq <= (
                SELECT max(seq) FROM (
                    SELECT seq FROM event WHERE organization_id = :organization AND agent_id = :agent
                    ORDER BY seq LIMIT :atMost) first)""";

    private static final String EVENT_SPANS = """
            DELETE FROM event_span WHERE organization_id = :organization AND agent_id = :agent AND span <= (
                SELECT max(span) FROM (
                    SELECT span FROM event_span WHERE organization_id = :organization AND agent_id = :agent
                    ORDER BY span LIMIT :atMost) first)""";

    private static final String MEMORY_FAILURES = """
            DELETE FROM memory_failure WHERE organization_id = :organization AND agent_id = :agent AND seq <= (
                SELECT max(seq) FROM (
                    SELECT seq FROM memory_failure WHERE organization_id = :organization AND agent_id = :agent
                    ORDER BY seq LIMIT :atMost) first)""";

    private static final String EDGES = """
            DELETE FROM edge WHERE (organization_id, agent_id, edge_id) IN (
                SELECT organization_id, agent_id, edge_id FROM edge
                WHERE organization_id = :organization AND agent_id = :agent
                ORDER BY edge_id LIMIT :atMost)""";

    private static final String NODES_REMOVED = """
            DELETE FROM node_removed WHERE organization_id = :organization AND agent_id = :agent AND memory_version <= (
                SELECT max(memory_version) FROM (
                    SELECT memory_version FROM node_removed WHERE organization_id = :organization AND agent_id = :agent
                    ORDER BY memory_version LIMIT :atMost) first)""";

    private static final String NODE_EMBEDDINGS = """
            DELETE FROM node_embedding WHERE (organization_id, agent_id, node_id) IN (
                SELECT organization_id, agent_id, node_id FROM node_embedding
                WHERE organization_id = :organization AND agent_id = :agent
                ORDER BY node_id LIMIT :atMost)""";

    private static final String NODE_LABELS = """
            DELETE FROM node_label WHERE (organization_id, agent_id, node_id, label) IN (
                SELECT organization_id, agent_id, node_id, label FROM node_label
                WHERE organization_id = :organization AND agent_id = :agent
                ORDER BY node_id, label LIMIT :atMost)""";

    private static final String NODE_KEYS = """
            DELETE FROM node_key WHERE (organization_id, agent_id, node_id, key) IN (
                SELECT organization_id, agent_id, node_id, key FROM node_key
                WHERE organization_id = :organization AND agent_id = :agent
                ORDER BY node_id, key LIMIT :atMost)""";

    private static final String NODES = """
            DELETE FROM node WHERE (organization_id, agent_id, node_id) IN (
                SELECT organization_id, agent_id, node_id FROM node
                WHERE organization_id = :organization AND agent_id = :agent
                ORDER BY node_id LIMIT :atMost)""";

    // The sums by day stay: they are the organization's, and hold no content.

    private static final String USAGE = """
            DELETE FROM token_usage WHERE (organization_id, usage_id) IN (
                SELECT organization_id, usage_id FROM token_usage
                WHERE organization_id = :organization AND agent_id = :agent
                ORDER BY session_id, at, usage_id LIMIT :atMost)""";

    private static final String USAGE_SESSIONS = """
            DELETE FROM usage_session WHERE (organization_id, agent_id, session_id, subject) IN (
                SELECT organization_id, agent_id, session_id, subject FROM usage_session
                WHERE organization_id = :organization AND agent_id = :agent
                ORDER BY session_id, subject LIMIT :atMost)""";
}

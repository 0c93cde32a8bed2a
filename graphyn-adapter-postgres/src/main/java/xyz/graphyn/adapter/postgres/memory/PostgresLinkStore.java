package xyz.graphyn.adapter.postgres.memory;

import static xyz.graphyn.adapter.postgres.transaction.PostgresDialect.instant;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.memory.LinkStore;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.NodeId;

/** What linking reads: keys in {@code node_key}, and the embeddings of a stretch of time. */
public final class PostgresLinkStore implements LinkStore {
    private static final String VERSION =
            "SELECT linked_version FROM agent_head WHERE organization_id = :organization AND agent_id = :agent";

    private static final String KNOWN = """
            SELECT wanted.key FROM unnest(:keys::text[]) AS wanted (key) CROSS JOIN LATERAL (
                SELECT key FROM node_key
                WHERE organization_id = :organization AND agent_id = :agent AND key <> '' AND key = wanted.key
                LIMIT 1) known""";

    private static final String BEFORE = """
            SELECT node.node_id, node.occurred_at, vector.vectors FROM (
                SELECT node_id, occurred_at, embedding_model FROM node
                WHERE organization_id = :organization AND agent_id = :agent AND created_at > '-infinity'
                  AND (occurred_at, node_id) < (:occurredAt, :node)
                ORDER BY occurred_at DESC, node_id DESC LIMIT :limit) node
            LEFT JOIN LATERAL (
                SELECT vectors FROM node_embedding
                WHERE organization_id = :organization AND agent_id = :agent AND node_id = node.node_id
                  AND node.embedding_model = :model AND cardinality(starts) = 1
                LIMIT 1) vector ON true
            ORDER BY node.occurred_at DESC, node.node_id DESC""";

    private final TenantDatabase database;

    public PostgresLinkStore(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public long linkedVersion(AgentKey agent) {
        return database.apart(
                        Visibility.of(agent.organization()),
                        sql -> named(sql.query(VERSION), agent)
                                .mapTo(Long.class)
                                .findOne())
                .orElseThrow(() -> new Refusal.NotFound("agent"));
    }

    @Override
    public Set<String> known(AgentKey agent, Collection<String> keys) {
        return keys.isEmpty()
                ? Set.of()
                : Set.copyOf(database.apart(Visibility.of(agent.organization()), sql -> {
                    var query = named(sql.query(KNOWN), agent);
                    Columns.of(query, keys).texts("keys", key -> key);
                    return query.mapTo(String.class).list();
                }));
    }

    @Override
    public List<Earlier> before(AgentKey agent, Instant occurredAt, NodeId id, String model, int limit) {
        return database.apart(
                Visibility.of(agent.organization()),
                sql -> named(sql.search(BEFORE), agent)
                        .bind("occurredAt", occurredAt)
                        .bind("node", id.value())
                        .bind("model", model)
                        .bind("limit", limit)
                        .map((row, context) -> new Earlier(
                                new NodeId(row.getObject("node_id", UUID.class)),
                                instant(row, "occurred_at"),
                                row.getBytes("vectors")))
                        .list());
    }

    private static <S extends SqlStatement<S>> S named(S statement, AgentKey agent) {
        return statement
                .bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value());
    }
}

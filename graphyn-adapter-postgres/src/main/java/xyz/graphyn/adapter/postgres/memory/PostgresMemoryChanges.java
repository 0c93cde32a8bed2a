package xyz.graphyn.adapter.postgres.memory;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.memory.MemoryChanges;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.RememberedNode;

/**
 * Nodes in the order of {@code memory_version}, and those that are gone in {@code node_removed}. The head is read first, and
 * nothing that is later than it: what changes while the rows are being read has a later version, and is told the next time.
 */
public final class PostgresMemoryChanges implements MemoryChanges {
    private static final String VERSION =
            "SELECT memory_version FROM agent_head WHERE organization_id = :organization AND agent_id = :agent";

    private static final String REMOVED = """
            SELECT memory_version, node_id FROM node_removed
            WHERE organization_id = :organization AND agent_id = :agent
              AND memory_version > :after AND memory_version <= :last
            ORDER BY memory_version LIMIT :limit""";

    private static final int BYTES = 8 << 20;

    /** What contents weigh is known without reading them. */
    private static final String CHANGED = "SELECT " + NodeRows.COLUMNS + """
            , node.memory_version, node.found, vector.starts, vector.ends, vector.vectors
            FROM (
                SELECT page.*, sum(octet_length(content)) OVER (ORDER BY memory_version) AS total, count(*) OVER () AS found
                FROM (
                    SELECT * FROM node
                    WHERE organization_id = :organization AND agent_id = :agent AND memory_version >= 0
                      AND memory_version > :after AND memory_version <= :last
                    ORDER BY memory_version LIMIT :limit) page) node
            LEFT JOIN LATERAL (
                SELECT starts, ends, vectors FROM node_embedding
                WHERE organization_id = :organization AND agent_id = :agent AND node_id = node.node_id
                  AND node.embedding_model = :model
                LIMIT 1) vector ON true
            WHERE total <= :most OR total = octet_length(content)
            ORDER BY node.memory_version""";

    /** @param found how many there were, those that are too much for one answer included */
    private record Changed(long version, RememberedNode node, long found) {}

    private record Removed(long version, NodeId node) {}

    private final TenantDatabase database;

    public PostgresMemoryChanges(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public OptionalLong version(AgentKey agent) {
        Optional<Long> version = database.apart(
                Visibility.of(agent.organization()),
                sql -> named(sql.query(VERSION), agent).mapTo(Long.class).findOne());
        return version.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    @Override
    public Changes since(AgentKey agent, long version, String model, int limit) {
        long last = version(agent).orElse(version);
        if (last <= version) {
            return new Changes(List.of(), List.of(), version, false);
        }
        List<Removed> removed = database.apart(
                Visibility.of(agent.organization()),
                sql -> behind(sql.search(REMOVED), agent, version, last, limit)
                        .map((row, context) -> new Removed(
                                row.getLong("memory_version"), new NodeId(row.getObject("node_id", UUID.class))))
                        .list());
        List<Changed> changed = database.apart(
                Visibility.of(agent.organization()),
                sql -> behind(sql.search(CHANGED), agent, version, last, limit)
                        .bind("model", model)
                        .bind("most", BYTES)
                        .map((row, context) -> new Changed(
                                row.getLong("memory_version"),
                                new RememberedNode(NodeRows.node(row, context), Vectors.embedding(row, model)),
                                row.getLong("found")))
                        .list());
        long cut = cut(changed, removed, last, limit);
        return new Changes(
                changed.stream()
                        .filter(one -> one.version() <= cut)
                        .map(Changed::node)
                        .toList(),
                removed.stream()
                        .filter(one -> one.version() <= cut)
                        .map(Removed::node)
                        .toList(),
                cut,
                cut < last);
    }

    /** Up to where both lists are whole, and together no longer than was asked for. */
    private static long cut(List<Changed> changed, List<Removed> removed, long last, int limit) {
        long whole = last;
        if (!changed.isEmpty()
                && (changed.size() == limit
                        || changed.size() < changed.getFirst().found())) {
            whole = changed.getLast().version();
        }
        if (removed.size() == limit) {
            whole = Math.min(whole, removed.getLast().version());
        }
        long[] versions = Stream.concat(
                        changed.stream().map(Changed::version), removed.stream().map(Removed::version))
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return versions.length <= limit ? whole : Math.min(whole, versions[limit - 1]);
    }

    private static Query behind(Query query, AgentKey agent, long after, long last, int limit) {
        return named(query, agent).bind("after", after).bind("last", last).bind("limit", limit);
    }

    private static Query named(Query query, AgentKey agent) {
        return query.bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value());
    }
}

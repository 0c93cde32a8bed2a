package xyz.graphyn.adapter.postgres.memory;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.application.memory.AroundQuery;
import xyz.graphyn.application.memory.EdgeQuery;
import xyz.graphyn.application.memory.EdgeStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeId;

/** Edges in {@code edge}. */
public final class PostgresEdgeStore implements EdgeStore {
    private static final String FIND = "SELECT " + EdgeRows.COLUMNS + """

            FROM edge
            WHERE organization_id = :organization AND agent_id = :agent AND edge_id = :edge
              AND EXISTS (SELECT FROM agent_head WHERE organization_id = :organization AND agent_id = :agent)""";

    private final TenantDatabase database;

    public PostgresEdgeStore(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<Edge> find(AgentKey agent, EdgeId id) {
        return database.statement(
                agent.organization(),
                sql -> sql.query(FIND)
                        .bind("organization", agent.organization().value())
                        .bind("agent", agent.agent().value())
                        .bind("edge", id.value())
                        .map(EdgeRows::edge)
                        .findOne());
    }

    @Override
    public Page<Edge> page(AgentKey agent, EdgeQuery query) {
        EdgePageSql page = new EdgePageSql(query);
        List<Edge> oneMore = database.statement(
                agent.organization(),
                sql -> page.bind(sql.search(page.text()), agent)
                        .map(EdgeRows::edge)
                        .list());
        return Page.of(oneMore, query.limit());
    }

    @Override
    public Around around(AgentKey agent, Collection<NodeId> nodes, AroundQuery query) {
        EdgesAroundSql around = new EdgesAroundSql(query, Set.copyOf(nodes));
        return database.statement(
                agent.organization(), sql -> around.read(around.bind(sql.search(around.text()), agent)));
    }
}

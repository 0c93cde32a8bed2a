package xyz.graphyn.adapter.postgres.memory;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.application.memory.NodeQuery;
import xyz.graphyn.application.memory.NodeStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

/** Nodes in {@code node}. */
public final class PostgresNodeStore implements NodeStore {
    private static final String FIND = "SELECT " + NodeRows.COLUMNS + """

            FROM node
            WHERE organization_id = :organization AND agent_id = :agent AND node_id = :node
              AND EXISTS (SELECT FROM agent_head WHERE organization_id = :organization AND agent_id = :agent)""";

    /** What contents weigh is known without reading them. */
    private static final String FIND_ALL = "SELECT " + NodeRows.COLUMNS + """

            FROM (
                SELECT found.*, wanted.place, sum(octet_length(found.content)) OVER (ORDER BY wanted.place) AS total
                FROM unnest(:nodes::uuid[]) WITH ORDINALITY AS wanted (node_id, place) CROSS JOIN LATERAL (
                    SELECT * FROM node
                    WHERE organization_id = :organization AND agent_id = :agent AND node_id = wanted.node_id
                    LIMIT 1) found) node
            WHERE (total <= :most OR total = octet_length(content))
              AND EXISTS (SELECT FROM agent_head WHERE organization_id = :organization AND agent_id = :agent)
            ORDER BY place""";

    private final TenantDatabase database;

    public PostgresNodeStore(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<Node> find(AgentKey agent, NodeId id) {
        return database.statement(
                agent.organization(),
                sql -> sql.query(FIND)
                        .bind("organization", agent.organization().value())
                        .bind("agent", agent.agent().value())
                        .bind("node", id.value())
                        .map(NodeRows::node)
                        .findOne());
    }

    @Override
    public List<Node> findAll(AgentKey agent, List<NodeId> ids) {
        return ids.isEmpty()
                ? List.of()
                : database.statement(agent.organization(), sql -> {
                    Query query = sql.query(FIND_ALL)
                            .bind("organization", agent.organization().value())
                            .bind("agent", agent.agent().value())
                            .bind("most", MAX_FOUND_BYTES);
                    Columns.of(query, ids).uuids("nodes", NodeId::value);
                    return query.map(NodeRows::node).list();
                });
    }

    @Override
    public Page<Node> page(AgentKey agent, NodeQuery query) {
        NodePageSql page = new NodePageSql(query);
        List<Node> oneMore = database.statement(
                agent.organization(),
                sql -> page.bind(sql.search(page.text()), agent)
                        .map(NodeRows::node)
                        .list());
        return Page.of(oneMore, query.limit());
    }
}

package xyz.graphyn.adapter.postgres.memory;

import static xyz.graphyn.adapter.postgres.transaction.PostgresDialect.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.masking.FindingsColumns;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeId;

/** From a row of {@code edge} to the edge, for whoever reads one: the store, and the appender before it changes it. */
public final class EdgeRows {
    public static final String COLUMNS = """
            edge.edge_id, edge.agent_id, edge.from_node, edge.to_node, edge.relation, edge.properties, edge.valid_from,
                edge.valid_to, edge.derived, edge.created_at, edge.rules_version, edge.findings""";

    /** That it held at {@code :asOf}. */
    static final String HELD = """
            (edge.valid_from IS NULL OR edge.valid_from <= :asOf) AND (edge.valid_to IS NULL OR edge.valid_to > :asOf)""";

    private EdgeRows() {}

    public static Edge edge(ResultSet row, @SuppressWarnings("unused") StatementContext context) throws SQLException {
        return new Edge(
                new EdgeId(row.getObject("edge_id", UUID.class)),
                new AgentId(row.getObject("agent_id", UUID.class)),
                new NodeId(row.getObject("from_node", UUID.class)),
                new NodeId(row.getObject("to_node", UUID.class)),
                row.getString("relation"),
                new Json(row.getString("properties")),
                time(row, "valid_from"),
                time(row, "valid_to"),
                row.getBoolean("derived"),
                instant(row, "created_at"),
                FindingsColumns.findings(row));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : instant(row, column);
    }
}

package xyz.graphyn.adapter.postgres.memory;

import static xyz.graphyn.adapter.postgres.transaction.PostgresDialect.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.masking.FindingsColumns;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.NodeSource;
import xyz.graphyn.domain.memory.Supersession;

/** From a row of {@code node} to the node, for whoever reads one: the store, and the appender before it changes it. */
public final class NodeRows {
    public static final String COLUMNS = """
            node.node_id, node.agent_id, node.type, node.content, node.labels, node.properties, node.session_id,
                node.external_id, node.occurred_at, node.created_at, node.updated_at,
                node.rules_version, node.findings, node.tokens, node.source_event_id, node.source_external_id,
                node.superseded_by, node.superseded_at, node.superseded_told""";

    private NodeRows() {}

    public static Node node(ResultSet row, StatementContext context) throws SQLException {
        return new Node(
                new NodeId(row.getObject("node_id", UUID.class)),
                new AgentId(row.getObject("agent_id", UUID.class)),
                row.getString("type"),
                row.getString("content"),
                List.of((String[]) row.getArray("labels").getArray()),
                new Json(row.getString("properties")),
                row.getInt("tokens"),
                row.getString("session_id"),
                row.getString("external_id"),
                source(row),
                supersession(row),
                instant(row, "occurred_at"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                FindingsColumns.findings(row));
    }

    private static @Nullable Supersession supersession(ResultSet row) throws SQLException {
        UUID by = row.getObject("superseded_by", UUID.class);
        boolean told = row.getBoolean("superseded_told");
        if (by == null) {
            return told ? Supersession.TAKEN_BACK : null;
        }
        return new Supersession(new NodeId(by), instant(row, "superseded_at"), told);
    }

    private static @Nullable NodeSource source(ResultSet row) throws SQLException {
        UUID event = row.getObject("source_event_id", UUID.class);
        return event == null ? null : new NodeSource(new EventId(event), row.getString("source_external_id"));
    }
}

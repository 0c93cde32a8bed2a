package xyz.graphyn.adapter.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.testkit.storage.Storage.EdgeReader;

/** Reads edges past the adapter. */
record EdgeReading(TestDatabase database) implements EdgeReader {
    @Override
    public List<Edge> edges(AgentKey agent) {
        try (Connection connection = database.connectAsSuperuser();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT * FROM edge WHERE organization_id = ? AND agent_id = ?")) {
            statement.setObject(1, agent.organization().value());
            statement.setObject(2, agent.agent().value());
            List<Edge> edges = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    edges.add(new Edge(
                            new EdgeId(row.getObject("edge_id", UUID.class)),
                            agent.agent(),
                            new NodeId(row.getObject("from_node", UUID.class)),
                            new NodeId(row.getObject("to_node", UUID.class)),
                            row.getString("relation"),
                            new Json(row.getString("properties")),
                            null,
                            null,
                            row.getBoolean("derived"),
                            row.getObject("created_at", OffsetDateTime.class).toInstant(),
                            Findings.none(new RulesVersion(row.getLong("rules_version")))));
                }
            }
            return edges;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}

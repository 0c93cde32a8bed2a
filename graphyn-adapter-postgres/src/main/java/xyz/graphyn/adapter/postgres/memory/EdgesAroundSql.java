package xyz.graphyn.adapter.postgres.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.Query;
import xyz.graphyn.adapter.postgres.masking.FindingsColumns;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.application.memory.AroundQuery;
import xyz.graphyn.application.memory.EdgeStore;
import xyz.graphyn.application.memory.EdgeStore.Around;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeId;

/**
 * How the edges of some nodes are read: for each node and direction the newest of its share along an index, and of these the
 * ones that are asked for. One edge more than the share is read, and answered whatever it is, to tell that there are others.
 */
final class EdgesAroundSql {
    private static final String SIDE = """
            SELECT edge.*, row_number() OVER (ORDER BY edge_id DESC) > :share AS beyond
            FROM (SELECT * FROM edge
                WHERE organization_id = :organization AND agent_id = :agent AND %s = wanted.node_id
                  AND created_at > '-infinity'
                ORDER BY edge_id DESC LIMIT :share + 1) edge""";

    /** An edge between two of the nodes is found from both its ends. */
    private static final int MOST = 2 * EdgeStore.MAX_AROUND + 1;

    private final AroundQuery query;
    private final Collection<NodeId> nodes;
    private final List<String> relations;

    EdgesAroundSql(AroundQuery query, Collection<NodeId> nodes) {
        this.query = query;
        this.nodes = nodes;
        relations = List.copyOf(query.relations());
    }

    String text() {
        List<String> conditions = new ArrayList<>();
        if (!query.relations().isEmpty()) {
            conditions.add(IntStream.range(0, relations.size())
                    .mapToObj(i -> ":relation" + i)
                    .collect(Collectors.joining(", ", "edge.relation IN (", ")")));
        }
        if (isProven()) {
            conditions.add(FindingsColumns.proven("edge", FindingsColumns.RELATION));
        }
        if (query.asOf() != null) {
            conditions.add(EdgeRows.HELD);
        }
        String asked = conditions.isEmpty() ? "true" : String.join(" AND ", conditions);
        return "SELECT " + EdgeRows.COLUMNS + ", edge.beyond\nFROM unnest(:nodes::uuid[]) AS wanted (node_id)\n"
                + "CROSS JOIN LATERAL (\n" + sides() + ") edge\nWHERE (edge.beyond OR (" + asked + "))\n"
                + "AND EXISTS (SELECT FROM agent_head WHERE organization_id = :organization AND agent_id = :agent)\n"
                + "ORDER BY edge.beyond, edge.edge_id DESC LIMIT " + MOST;
    }

    private String sides() {
        List<String> ends = switch (query.direction()) {
            case OUT -> List.of("from_node");
            case IN -> List.of("to_node");
            case BOTH -> List.of("from_node", "to_node");
        };
        return ends.stream().map(SIDE::formatted).collect(Collectors.joining(")\nUNION ALL\n(", "(", ")"));
    }

    private boolean isProven() {
        return !query.relations().isEmpty() && query.provenBy() != null;
    }

    Query bind(Query around, AgentKey agent) {
        around.bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value())
                .bind("share", EdgeStore.share(nodes.size()));
        Columns.of(around, nodes).uuids("nodes", NodeId::value);
        for (int i = 0; i < relations.size(); i++) {
            around.bind("relation" + i, relations.get(i));
        }
        if (query.provenBy() != null && isProven()) {
            around.bind("provenBy", query.provenBy().value());
        }
        if (query.asOf() != null) {
            around.bind("asOf", query.asOf());
        }
        return around;
    }

    /** @param beyond the share of its node */
    private record Row(Edge edge, boolean beyond) {}

    Around read(Query around) {
        List<Row> rows = around.map((row, context) -> new Row(EdgeRows.edge(row, context), row.getBoolean("beyond")))
                .list();
        Map<EdgeId, Edge> edges = new LinkedHashMap<>();
        rows.stream().filter(row -> !row.beyond()).map(Row::edge).forEach(edge -> edges.putIfAbsent(edge.id(), edge));
        return new Around(
                edges.values().stream().limit(EdgeStore.MAX_AROUND).toList(),
                edges.size() > EdgeStore.MAX_AROUND
                        || rows.size() == MOST
                        || rows.stream().anyMatch(Row::beyond));
    }
}

package xyz.graphyn.adapter.postgres.append;

import java.util.List;
import org.jdbi.v3.core.statement.Update;
import xyz.graphyn.adapter.postgres.masking.FindingsColumns;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.application.masking.FindingsCodec;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Node;

/** The nodes that a group adds, as rows. */
final class NewNodes {
    /** They, and their labels. */
    static final String INSERT = """
            INSERT INTO node (organization_id, agent_id, node_id, occurred_at, created_at, updated_at, type, session_id,
                external_id, content, labels, properties, rules_version, findings, found_in)
            SELECT organization_id, agent_id, node_id, occurred_at::timestamptz, created_at::timestamptz,
                updated_at::timestamptz, type, session_id, external_id, content, labels::text[], properties::json,
                rules_version, findings, found_in
            FROM unnest(:nodeOrganizations::uuid[], :nodeAgents::uuid[], :nodeIds::uuid[], :nodeTimes::text[],
                :nodeCreations::text[], :nodeUpdates::text[], :nodeTypes::text[], :nodeSessions::text[],
                :nodeExternalIds::text[], :nodeContents::text[], :nodeLabels::text[], :nodeProperties::text[],
                :nodeRules::bigint[], :nodeFindings::bytea[], :nodeFoundIn::bigint[])
                AS batch (organization_id, agent_id, node_id, occurred_at, created_at, updated_at, type, session_id,
                    external_id, content, labels, properties, rules_version, findings, found_in);

            INSERT INTO node_label (organization_id, agent_id, node_id, label, occurred_at)
            SELECT organization_id, agent_id, node_id, label, occurred_at::timestamptz
            FROM unnest(:nodeOrganizations::uuid[], :nodeAgents::uuid[], :nodeIds::uuid[], :nodeTimes::text[],
                :nodeLabels::text[]) AS batch (organization_id, agent_id, node_id, occurred_at, labels)
                CROSS JOIN LATERAL unnest(labels::text[]) AS label""";

    private final List<Row> rows;

    private record Row(AgentKey agent, Node node) {}

    NewNodes(List<AgentHead> heads) {
        rows = heads.stream()
                .flatMap(head -> head.unwritten().stream().map(node -> new Row(head.agent(), node)))
                .toList();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Gives {@link #INSERT} its values. */
    Update bind(Update update) {
        Columns.of(update, rows)
                .uuids("nodeOrganizations", row -> row.agent().organization().value())
                .uuids("nodeAgents", row -> row.agent().agent().value())
                .uuids("nodeIds", row -> row.node().id().value())
                .times("nodeTimes", row -> row.node().occurredAt())
                .times("nodeCreations", row -> row.node().createdAt())
                .times("nodeUpdates", row -> row.node().updatedAt())
                .texts("nodeTypes", row -> row.node().type())
                .texts("nodeSessions", row -> row.node().sessionId())
                .texts("nodeExternalIds", row -> row.node().externalId())
                .texts("nodeContents", row -> row.node().content())
                .lists("nodeLabels", row -> row.node().labels())
                .texts("nodeProperties", row -> row.node().properties().text())
                .numbers("nodeRules", row -> row.node().findings().rules().value())
                .bytes("nodeFindings", row -> FindingsCodec.encode(row.node().findings()))
                .numbers(
                        "nodeFoundIn", row -> FindingsColumns.foundIn(row.node().findings()));
        return update;
    }
}

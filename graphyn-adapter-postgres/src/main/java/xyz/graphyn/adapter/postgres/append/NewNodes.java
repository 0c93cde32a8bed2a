package xyz.graphyn.adapter.postgres.append;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.statement.Update;
import xyz.graphyn.adapter.postgres.masking.FindingsColumns;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.application.masking.FindingsCodec;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.Node;

/** The nodes that a group adds, as rows. */
final class NewNodes {
    /** They, their labels, and the embeddings of those that have one. */
    private static final String INSERT = """
            INSERT INTO node (organization_id, agent_id, node_id, occurred_at, created_at, updated_at, type, session_id,
                external_id, content, labels, properties, rules_version, findings, found_in, tokens, source_event_id,
                source_external_id, memory_version, embedding_model)
            SELECT organization_id, agent_id, node_id, occurred_at::timestamptz, created_at::timestamptz,
                updated_at::timestamptz, type, session_id, external_id, content, labels::text[], properties::json,
                rules_version, findings, found_in, tokens, source_event_id, source_external_id, memory_version,
                embedding_model
            FROM unnest(:nodeOrganizations::uuid[], :nodeAgents::uuid[], :nodeIds::uuid[], :nodeTimes::text[],
                :nodeCreations::text[], :nodeUpdates::text[], :nodeTypes::text[], :nodeSessions::text[],
                :nodeExternalIds::text[], :nodeContents::text[], :nodeLabels::text[], :nodeProperties::text[],
                :nodeRules::bigint[], :nodeFindings::bytea[], :nodeFoundIn::bigint[], :nodeTokens::bigint[],
                :nodeSources::uuid[], :nodeSourceIds::text[], :nodeVersions::bigint[], :nodeModels::text[])
                AS batch (organization_id, agent_id, node_id, occurred_at, created_at, updated_at, type, session_id,
                    external_id, content, labels, properties, rules_version, findings, found_in, tokens,
                    source_event_id, source_external_id, memory_version, embedding_model);

            INSERT INTO node_label (organization_id, agent_id, node_id, label, occurred_at)
            SELECT organization_id, agent_id, node_id, label, occurred_at::timestamptz
            FROM unnest(:nodeOrganizations::uuid[], :nodeAgents::uuid[], :nodeIds::uuid[], :nodeTimes::text[],
                :nodeLabels::text[]) AS batch (organization_id, agent_id, node_id, occurred_at, labels)
                CROSS JOIN LATERAL unnest(labels::text[]) AS label""";

    private final List<Row> rows;

    private record Row(AgentKey agent, MemoryHead.Unwritten unwritten) {
        Node node() {
            return unwritten.node();
        }

        Optional<Embedding> embedding() {
            return Optional.ofNullable(unwritten.embedding());
        }
    }

    NewNodes(List<AgentHead> heads) {
        rows = heads.stream()
                .flatMap(head -> head.memory().unwritten().stream().map(node -> new Row(head.agent(), node)))
                .toList();
    }

    /** The statement for these nodes. */
    String text() {
        return rows.stream().anyMatch(row -> row.embedding().isPresent())
                ? INSERT + ";\n" + EmbeddingRows.INSERT
                : INSERT;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Gives {@link #text} its values. */
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
                        "nodeFoundIn", row -> FindingsColumns.foundIn(row.node().findings()))
                .numbers("nodeTokens", row -> (long) row.node().tokens())
                .uuids(
                        "nodeSources",
                        row -> row.node().source() == null
                                ? null
                                : row.node().source().event().value())
                .texts(
                        "nodeSourceIds",
                        row -> row.node().source() == null
                                ? null
                                : row.node().source().externalId())
                .numbers("nodeVersions", row -> row.unwritten().version())
                .texts(
                        "nodeModels",
                        row -> row.embedding().map(Embedding::model).orElse(""));
        EmbeddingRows.bind(
                update,
                rows.stream()
                        .flatMap(row -> row
                                .embedding()
                                .map(embedding -> new EmbeddingRows.Row(
                                        row.agent(), row.node().id(), embedding))
                                .stream())
                        .toList());
        return update;
    }
}

package xyz.graphyn.adapter.postgres.append;

import java.util.Collection;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.statement.Update;
import xyz.graphyn.adapter.postgres.memory.Vectors;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.Span;

/** Embeddings as rows, in place of what the nodes had before. */
final class EmbeddingRows {
    static final String INSERT = """
            INSERT INTO node_embedding (organization_id, agent_id, node_id, starts, ends, vectors)
            SELECT organization_id, agent_id, node_id, starts::integer[], ends::integer[], vectors
            FROM unnest(:embeddingOrganizations::uuid[], :embeddingAgents::uuid[], :embeddingNodes::uuid[],
                :embeddingStarts::text[], :embeddingEnds::text[], :embeddingVectors::bytea[])
                AS batch (organization_id, agent_id, node_id, starts, ends, vectors)
            ON CONFLICT (organization_id, agent_id, node_id) DO UPDATE
            SET starts = excluded.starts, ends = excluded.ends, vectors = excluded.vectors""";

    record Row(AgentKey agent, NodeId node, Embedding embedding) {
        private Collection<String> places(ToIntFunction<Span> place) {
            return embedding.passages().stream()
                    .map(passage -> Integer.toString(place.applyAsInt(passage.span())))
                    .toList();
        }
    }

    private EmbeddingRows() {}

    /** Gives {@link #INSERT} its values; does nothing if there are none. */
    static void bind(Update update, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        Columns.of(update, rows)
                .uuids(
                        "embeddingOrganizations",
                        row -> row.agent().organization().value())
                .uuids("embeddingAgents", row -> row.agent().agent().value())
                .uuids("embeddingNodes", row -> row.node().value())
                .lists("embeddingStarts", row -> row.places(Span::start))
                .lists("embeddingEnds", row -> row.places(Span::end))
                .bytes("embeddingVectors", row -> Vectors.joined(row.embedding()));
    }
}

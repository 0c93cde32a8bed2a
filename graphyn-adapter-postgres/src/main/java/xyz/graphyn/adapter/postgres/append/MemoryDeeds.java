package xyz.graphyn.adapter.postgres.append;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.Update;
import xyz.graphyn.adapter.postgres.append.Deed.Outcome;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.application.append.MemoryEnrichment;
import xyz.graphyn.application.append.MemoryEnrichment.Enriched;
import xyz.graphyn.application.append.MemoryRetry;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.domain.memory.SetAside;

/** Deeds of memory that are rare, and look at what is there before they change it: under the lock on the agent's head. */
final class MemoryDeeds {
    private static final String STILL_ASIDE = """
            SELECT seq, event_id FROM memory_failure
            WHERE organization_id = :organization AND agent_id = :agent AND seq = ANY (:seqs)""";

    private static final String FAILED_AGAIN = """
            UPDATE memory_failure SET error = again.error, attempts = attempts + 1, at = again.at::timestamptz
            FROM unnest(:seqs::bigint[], :errors::text[], :times::text[]) AS again (seq, error, at)
            WHERE organization_id = :organization AND agent_id = :agent AND memory_failure.seq = again.seq""";

    private static final String TAKEN_IN = """
            DELETE FROM memory_failure
            WHERE organization_id = :organization AND agent_id = :agent AND seq = ANY (:seqs)""";

    /** Each by itself, as everywhere: the planner might read all that the agent has. */
    private static final String PRESENT = """
            SELECT present.* FROM unnest(:nodes::uuid[]) AS wanted (node_id) CROSS JOIN LATERAL (
                SELECT node_id, memory_version, tokens FROM node
                WHERE organization_id = :organization AND agent_id = :agent AND node_id = wanted.node_id
                LIMIT 1) present""";

    private static final String ENRICH = """
            UPDATE node SET searches = searches + 1, tokens = enriched.tokens, memory_version = enriched.version,
                embedding_model = coalesce(enriched.model, embedding_model)
            FROM unnest(:nodes::uuid[], :tokens::bigint[], :versions::bigint[], :models::text[])
                AS enriched (node_id, tokens, version, model)
            WHERE organization_id = :organization AND agent_id = :agent AND node.node_id = enriched.node_id""";

    private static final String LEFT = """
            SELECT EXISTS (SELECT FROM node WHERE organization_id = :organization AND agent_id = :agent
                    AND tokens IS NULL) AS uncounted,
                EXISTS (SELECT FROM node WHERE organization_id = :organization AND agent_id = :agent
                    AND updated_at > '-infinity' AND embedding_model < :model)
                OR EXISTS (SELECT FROM node WHERE organization_id = :organization AND agent_id = :agent
                    AND updated_at > '-infinity' AND embedding_model > :model) AS unembedded""";

    private MemoryDeeds() {}

    /** What the head has to write must have been written. */
    static Outcome retry(TenantSql sql, AgentHead head, MemoryRetry retry) {
        Map<Long, UUID> aside = aside(sql, retry);
        if (aside.isEmpty()) {
            return new Outcome.Done(false);
        }
        List<SetAside> again = retry.setAside().stream()
                .filter(failed -> aside.containsKey(failed.seq()))
                .toList();
        Set<Long> takenIn = new HashSet<>(aside.keySet());
        again.forEach(failed -> takenIn.remove(failed.seq()));
        Set<UUID> events = new HashSet<>();
        takenIn.forEach(seq -> events.add(aside.get(seq)));
        List<RememberedNode> nodes = retry.nodes().stream()
                .filter(remembered -> remembered.node().source() != null
                        && events.contains(remembered.node().source().event().value()))
                .toList();
        try {
            head.audited(retry.audit());
        } catch (RuntimeException why) {
            return new Outcome.Failed(why);
        }
        head.takeIn(nodes);
        head.memory().takenIn(takenIn.size());
        if (!again.isEmpty()) {
            Update update = named(sql.update(FAILED_AGAIN), retry.agent());
            Columns.of(update, again)
                    .numbers("seqs", SetAside::seq)
                    .texts("errors", SetAside::error)
                    .times("times", SetAside::at);
            update.execute();
        }
        if (!takenIn.isEmpty()) {
            Update update = named(sql.update(TAKEN_IN), retry.agent());
            Columns.of(update, takenIn).numbers("seqs", seq -> seq);
            update.execute();
        }
        return new Outcome.Done(true);
    }

    private static Map<Long, UUID> aside(TenantSql sql, MemoryRetry retry) {
        var query = named(sql.query(STILL_ASIDE), retry.agent());
        Columns.of(query, retry.tried()).numbers("seqs", seq -> seq);
        Map<Long, UUID> aside = new HashMap<>();
        query.map((row, context) -> Map.entry(row.getLong("seq"), row.getObject("event_id", UUID.class)))
                .forEach(found -> aside.put(found.getKey(), found.getValue()));
        return aside;
    }

    /** A node as it is. */
    private record Present(UUID node, long version, boolean counted) {}

    private record Row(Enriched enriched, long version) {}

    /** What the head has to write must have been written. */
    static Outcome enrich(TenantSql sql, AgentHead head, MemoryEnrichment enrichment) {
        List<Row> rows = enrichment.nodes().isEmpty() ? List.of() : unchanged(sql, head.memory(), enrichment);
        if (!rows.isEmpty()) {
            write(sql, enrichment, rows);
        }
        String model = enrichment.model();
        sql.query(LEFT)
                .bind("organization", enrichment.agent().organization().value())
                .bind("agent", enrichment.agent().agent().value())
                .bind("model", model)
                .map((row, context) -> {
                    if (!row.getBoolean("uncounted")) {
                        head.memory().allCounted();
                    }
                    if (!model.isEmpty() && !row.getBoolean("unembedded")) {
                        head.memory().allEmbeddedBy(model);
                    }
                    return true;
                })
                .one();
        return new Outcome.Done(!rows.isEmpty());
    }

    private static List<Row> unchanged(TenantSql sql, MemoryHead memory, MemoryEnrichment enrichment) {
        var query = named(sql.query(PRESENT), enrichment.agent());
        Columns.of(query, enrichment.nodes()).uuids("nodes", node -> node.node().value());
        Map<UUID, Present> present = new HashMap<>();
        query.map((row, context) -> new Present(
                        row.getObject("node_id", UUID.class),
                        row.getLong("memory_version"),
                        row.getObject("tokens") != null))
                .forEach(node -> present.put(node.node(), node));
        List<Row> rows = new ArrayList<>();
        for (Enriched enriched : enrichment.nodes()) {
            Present node = present.get(enriched.node().value());
            if (node != null && node.version() == enriched.version()) {
                if (!node.counted()) {
                    memory.count(0, enriched.tokens());
                }
                rows.add(new Row(enriched, memory.next()));
            }
        }
        return rows;
    }

    private static void write(TenantSql sql, MemoryEnrichment enrichment, List<Row> rows) {
        List<EmbeddingRows.Row> embedded = rows.stream()
                .flatMap(row -> row
                        .enriched()
                        .embedding()
                        .map(made -> new EmbeddingRows.Row(
                                enrichment.agent(), row.enriched().node(), made))
                        .stream())
                .toList();
        Update update = named(
                sql.update(embedded.isEmpty() ? ENRICH : ENRICH + ";\n" + EmbeddingRows.INSERT), enrichment.agent());
        Columns.of(update, rows)
                .uuids("nodes", row -> row.enriched().node().value())
                .numbers("tokens", row -> (long) row.enriched().tokens())
                .numbers("versions", Row::version)
                .texts(
                        "models",
                        row -> row.enriched().embedding().map(Embedding::model).orElse(null));
        EmbeddingRows.bind(update, embedded);
        update.execute();
    }

    private static <S extends SqlStatement<S>> S named(S statement, AgentKey agent) {
        return statement
                .bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value());
    }
}

package xyz.graphyn.adapter.postgres.rescan;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.masking.FindingsColumns;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.masking.FindingsCodec;
import xyz.graphyn.application.masking.RowDetection;
import xyz.graphyn.application.masking.StaleRows;
import xyz.graphyn.domain.masking.Findings;

/**
 * Finds its work in {@code agent_rules}: an agent and a version that is behind. It goes through the agent's events and nodes
 * in the order of their keys, some at a time, and remembers there how far it is. What the version's rules still write
 * meanwhile, from a server that is behind, stands behind the place where the events end; for nodes and edges, which may be anywhere, it
 * is noted and begins them again. At the end the head is locked for a moment, to be sure that no row has the version, and
 * the marker taken away.
 */
public final class PostgresStaleRows implements StaleRows {
    /** From here on, whoever writes by the version that is behind takes note of it. */
    private static final String TURN = """
            UPDATE agent_head SET rules_version = :present
            WHERE organization_id = :organization AND agent_id = :agent AND rules_version <= :behind;

            INSERT INTO agent_rules (organization_id, agent_id, rules_version)
            SELECT organization_id, agent_id, :present FROM agent_head
            WHERE organization_id = :organization AND agent_id = :agent
            ON CONFLICT DO NOTHING""";

    private static final String WRITE_AGENT = """
            UPDATE agent SET rules_version = :rules, findings = :findings, found_in = :foundIn
            WHERE organization_id = :organization AND agent_id = :agent AND xmin::text = :version""";

    private static final String WRITE_EVENTS = """
            UPDATE event SET rules_version = found.rules, findings = found.findings, found_in = found.found_in
            FROM unnest(:seqs::bigint[], :rules::bigint[], :findings::bytea[], :foundIn::bigint[])
                AS found (seq, rules, findings, found_in)
            WHERE organization_id = :organization AND agent_id = :agent AND event.seq = found.seq
              AND event.rules_version = :behind""";

    /**
     * Each only if nobody has changed it since it was read. Under the head's lock, because each gets a version of its own: also
     * where nothing else is found, since indexes answer some only by what the present rules have searched. An embedding is of
     * the masked text, and goes if that is another now.
     */
    private static final String WRITE_NODES = """
            WITH written AS (
                UPDATE node SET rules_version = found.rules, findings = found.findings, found_in = found.found_in,
                    memory_version = head.memory_version + found.place,
                    embedding_model = CASE WHEN node.findings IS NOT DISTINCT FROM found.findings THEN embedding_model ELSE '' END
                FROM unnest(:nodes::uuid[], :versions::text[], :rules::bigint[], :findings::bytea[], :foundIn::bigint[])
                    WITH ORDINALITY AS found (node_id, version, rules, findings, found_in, place),
                    agent_head head
                WHERE node.organization_id = :organization AND node.agent_id = :agent AND node.node_id = found.node_id
                  AND node.xmin::text = found.version
                  AND head.organization_id = :organization AND head.agent_id = :agent
                RETURNING node.node_id, embedding_model),
            advanced AS (
                UPDATE agent_head SET memory_version = memory_version + :count, behind = true,
                    embedded_by = CASE WHEN EXISTS (SELECT FROM written WHERE embedding_model = '') THEN '' ELSE embedded_by END
                WHERE organization_id = :organization AND agent_id = :agent
                RETURNING organization_id, agent_id, embedded_by),
            told AS (
                UPDATE memory_backlog SET embedded_by = advanced.embedded_by, behind = true FROM advanced
                WHERE memory_backlog.organization_id = advanced.organization_id
                  AND memory_backlog.agent_id = advanced.agent_id
                  AND (NOT behind OR memory_backlog.embedded_by IS DISTINCT FROM advanced.embedded_by))
            DELETE FROM node_embedding WHERE organization_id = :organization AND agent_id = :agent
              AND node_id IN (SELECT node_id FROM written WHERE embedding_model = '')""";

    /** Each only if nobody has changed it since it was read. Nobody follows edges, so that they need no version. */
    private static final String WRITE_EDGES = """
            UPDATE edge SET rules_version = found.rules, findings = found.findings, found_in = found.found_in
            FROM unnest(:edges::uuid[], :versions::text[], :rules::bigint[], :findings::bytea[], :foundIn::bigint[])
                AS found (edge_id, version, rules, findings, found_in)
            WHERE organization_id = :organization AND agent_id = :agent AND edge.edge_id = found.edge_id
              AND edge.xmin::text = found.version""";

    /** If rows were written by the version behind meanwhile, nodes and edges stand where that has put them. */
    private static final String ADVANCE = """
            UPDATE agent_rules SET event_seq = :eventSeq, node_id = CASE WHEN notes = :notes THEN :node::uuid ELSE node_id END,
                edge_id = CASE WHEN notes = :notes THEN :edge::uuid ELSE edge_id END,
                taken_until = '-infinity'
            WHERE organization_id = :organization AND agent_id = :agent AND rules_version = :behind""";

    private static final String GIVE_BACK = """
            UPDATE agent_rules SET taken_until = '-infinity'
            WHERE organization_id = :organization AND agent_id = :agent AND rules_version = :behind""";

    private static final String LOCK_AGENT =
            "SELECT 1 FROM agent WHERE organization_id = :organization AND agent_id = :agent FOR NO KEY UPDATE";

    private static final String LOCK_HEAD =
            "SELECT 1 FROM agent_head WHERE organization_id = :organization AND agent_id = :agent FOR NO KEY UPDATE";

    /** Also where the agent was removed: nobody writes to it any more. */
    private static final String SETTLE = """
            DELETE FROM agent_rules settled
            WHERE organization_id = :organization AND agent_id = :agent AND rules_version = :behind
              AND (NOT EXISTS (SELECT FROM agent_head WHERE organization_id = :organization AND agent_id = :agent)
                OR (notes = :notes
                  AND NOT EXISTS (SELECT FROM agent WHERE organization_id = :organization AND agent_id = :agent
                      AND rules_version = :behind)
                  AND NOT EXISTS (SELECT FROM event WHERE organization_id = :organization AND agent_id = :agent
                      AND seq > settled.event_seq AND rules_version = :behind)
                  AND NOT EXISTS (SELECT FROM node WHERE organization_id = :organization AND agent_id = :agent
                      AND node_id > coalesce(settled.node_id, '00000000-0000-0000-0000-000000000000')
                      AND rules_version = :behind)
                  AND NOT EXISTS (SELECT FROM edge WHERE organization_id = :organization AND agent_id = :agent
                      AND edge_id > coalesce(settled.edge_id, '00000000-0000-0000-0000-000000000000')
                      AND rules_version = :behind)))""";

    private final TenantDatabase database;

    public PostgresStaleRows(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public boolean searchAgain(int builtIn, RowDetection detection) {
        Optional<Marker> taken = database.alone(Visibility.none(), sql -> Marker.take(sql, builtIn));
        return taken.isPresent() && step(taken.get(), detection);
    }

    private boolean step(Marker marker, RowDetection detection) {
        Visibility visibility = Visibility.of(marker.agent().organization());
        database.alone(
                visibility,
                sql -> marker.bind(sql.update(TURN))
                        .bind("present", marker.present().value())
                        .execute());
        StalePage page = database.alone(visibility, sql -> StalePage.read(sql, marker));
        if (page.isEnd()) {
            database.alone(visibility, sql -> settle(sql, marker));
            return true;
        }
        Found found = Found.in(page, marker, detection);
        if (found.isBefore(marker.present().value())) {
            database.alone(visibility, sql -> marker.bind(sql.update(GIVE_BACK)).execute());
            return false;
        }
        database.alone(visibility, sql -> write(sql, marker, page, found));
        return true;
    }

    /** What is sensitive in the rows of a page, in their order. */
    private record Found(@Nullable Findings agent, List<Findings> events, List<Findings> nodes, List<Findings> edges) {
        static Found in(StalePage page, Marker marker, RowDetection detection) {
            return new Found(
                    page.agent().map(agent -> detection.inAgent(agent.row())).orElse(null),
                    page.events().stream()
                            .map(event -> detection.inEvent(marker.agent().organization(), event))
                            .toList(),
                    page.nodes().stream()
                            .map(node -> detection.inNode(marker.agent().organization(), node.row()))
                            .toList(),
                    page.edges().stream()
                            .map(edge -> detection.inEdge(marker.agent().organization(), edge.row()))
                            .toList());
        }

        boolean isBefore(long present) {
            return Stream.of(Stream.ofNullable(agent), events.stream(), nodes.stream(), edges.stream())
                    .flatMap(some -> some)
                    .anyMatch(findings -> findings.rules().value() < present);
        }
    }

    private record Pair<T>(T row, Findings findings) {
        static <T> List<Pair<T>> of(List<T> rows, List<Findings> findings) {
            return IntStream.range(0, rows.size())
                    .mapToObj(i -> new Pair<>(rows.get(i), findings.get(i)))
                    .toList();
        }
    }

    private static int write(TenantSql sql, Marker marker, StalePage page, Found found) {
        if (found.agent() != null) {
            FindingsColumns.bind(marker.named(sql.update(WRITE_AGENT)), found.agent())
                    .bind("version", page.agent().orElseThrow().version())
                    .execute();
        }
        if (!page.events().isEmpty()) {
            Update update = marker.bind(sql.update(WRITE_EVENTS));
            columns(update, Pair.of(page.events(), found.events()))
                    .numbers("seqs", pair -> pair.row().seq());
            update.execute();
        }
        if (!page.nodes().isEmpty()) {
            marker.named(sql.query(LOCK_HEAD)).mapToMap().list();
            Update update = marker.named(sql.update(WRITE_NODES));
            columns(update, Pair.of(page.nodes(), found.nodes()))
                    .uuids("nodes", pair -> pair.row().row().id().value())
                    .texts("versions", pair -> pair.row().version());
            update.bind("count", page.nodes().size()).execute();
        }
        if (!page.edges().isEmpty()) {
            marker.named(sql.query(LOCK_HEAD)).mapToMap().list();
            Update update = marker.named(sql.update(WRITE_EDGES));
            columns(update, Pair.of(page.edges(), found.edges()))
                    .uuids("edges", pair -> pair.row().row().id().value())
                    .texts("versions", pair -> pair.row().version());
            update.execute();
        }
        return marker.bind(sql.update(ADVANCE))
                .bind("eventSeq", page.eventSeq())
                .bind("node", page.node())
                .bind("edge", page.edge())
                .bind("notes", marker.notes())
                .execute();
    }

    private static <T> Columns<Pair<T>> columns(Update update, List<Pair<T>> pairs) {
        return Columns.of(update, pairs)
                .numbers("rules", pair -> pair.findings().rules().value())
                .bytes("findings", pair -> FindingsCodec.encode(pair.findings()))
                .numbers("foundIn", pair -> FindingsColumns.foundIn(pair.findings()));
    }

    private static int settle(TenantSql sql, Marker marker) {
        marker.named(sql.query(LOCK_AGENT)).mapToMap().list();
        marker.named(sql.query(LOCK_HEAD)).mapToMap().list();
        int settled =
                marker.bind(sql.update(SETTLE)).bind("notes", marker.notes()).execute();
        return settled > 0 ? settled : marker.bind(sql.update(GIVE_BACK)).execute();
    }
}

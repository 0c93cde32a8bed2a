package xyz.graphyn.adapter.postgres.event;

import static xyz.graphyn.adapter.postgres.transaction.PostgresDialect.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import xyz.graphyn.adapter.postgres.masking.FindingsColumns;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.application.event.EventQuery;
import xyz.graphyn.application.event.EventStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.json.Json;

/** Events in {@code event}, and when they occurred, by the {@value #SPAN}, in {@code event_span}. */
public final class PostgresEventStore implements EventStore {
    /** How many numbers one row of {@code event_span} stands for. It is stored in those rows: never change it. */
    public static final int SPAN = 1_000;

    /** What one reader may have in memory at a time: four of the largest payloads, and thousands of common ones. */
    static final int PAGE_BYTES = 1 << 20;

    public static final String COLUMNS =
            "event_id, seq, agent_id, type, session_id, external_id, payload, occurred_at, received_at, rules_version, findings";

    private final TenantDatabase database;

    public PostgresEventStore(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<Event> find(AgentKey agent, EventId id) {
        return database.statement(
                agent.organization(),
                sql -> sql.query("""
                                SELECT event_id, seq, agent_id, type, session_id, external_id, payload,
                                    occurred_at, received_at, rules_version, findings
                                FROM event
                                WHERE organization_id = :organization AND agent_id = :agent AND event_id = :event
                                  AND EXISTS (SELECT FROM agent_head
                                              WHERE organization_id = :organization AND agent_id = :agent)""")
                        .bind("organization", agent.organization().value())
                        .bind("agent", agent.agent().value())
                        .bind("event", id.value())
                        .map(PostgresEventStore::event)
                        .findOne());
    }

    @Override
    public Page<Event> page(AgentKey agent, EventQuery query) {
        EventPageSql page = new EventPageSql(query);
        List<Event> oneMore = database.statement(
                agent.organization(),
                sql -> page.bind(sql.search(page.text()), agent)
                        .map(PostgresEventStore::event)
                        .list());
        return Page.of(oneMore, query.limit());
    }

    /**
     * Payloads of at most {@value #PAGE_BYTES} bytes together, or a single one. Their sizes are stored beside them, so that
     * none is read, and unpacked, only to be weighed.
     */
    @Override
    public List<Event> follow(AgentKey agent, long after, int limit) {
        return database.statement(
                agent.organization(),
                sql -> sql.search("""
                                SELECT event_id, seq, agent_id, type, session_id, external_id, payload,
                                    occurred_at, received_at, rules_version, findings
                                FROM (
                                    SELECT page.*, sum(bytes) OVER (ORDER BY seq) AS total
                                    FROM (
                                        SELECT *, coalesce(payload_bytes, octet_length(payload::text)) AS bytes FROM event
                                        WHERE organization_id = :organization AND agent_id = :agent AND seq > :after
                                          AND EXISTS (SELECT FROM agent_head
                                                      WHERE organization_id = :organization AND agent_id = :agent)
                                        ORDER BY seq LIMIT :limit) page) weighed
                                WHERE total <= :most OR total = bytes
                                ORDER BY seq""")
                        .bind("organization", agent.organization().value())
                        .bind("agent", agent.agent().value())
                        .bind("after", after)
                        .bind("limit", limit)
                        .bind("most", PAGE_BYTES)
                        .map(PostgresEventStore::event)
                        .list());
    }

    /** From a row of {@code event} to the event, for whoever reads one. */
    public static Event event(ResultSet row, StatementContext context) throws SQLException {
        return new Event(
                new EventId(row.getObject("event_id", UUID.class)),
                row.getLong("seq"),
                new AgentId(row.getObject("agent_id", UUID.class)),
                row.getString("type"),
                row.getString("session_id"),
                row.getString("external_id"),
                new Json(row.getString("payload")),
                instant(row, "occurred_at"),
                instant(row, "received_at"),
                FindingsColumns.findings(row));
    }
}

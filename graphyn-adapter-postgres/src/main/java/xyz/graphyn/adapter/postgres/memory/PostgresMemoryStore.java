package xyz.graphyn.adapter.postgres.memory;

import static xyz.graphyn.adapter.postgres.transaction.PostgresDialect.instant;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.application.memory.MemoryStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.memory.MemoryState;
import xyz.graphyn.domain.memory.SetAside;

/** What {@code agent_head} counts, and what {@code memory_failure} holds. */
public final class PostgresMemoryStore implements MemoryStore {
    private static final String STATE = """
            SELECT nodes, edges, node_tokens, event_seq, processed_seq, memory_version, set_aside,
                coalesce(waiting.received_at, 'infinity') AS waiting, waiting.received_at IS NOT NULL AS waits
            FROM agent_head head LEFT JOIN LATERAL (
                SELECT received_at FROM event
                WHERE organization_id = :organization AND agent_id = :agent AND seq > head.processed_seq
                ORDER BY seq LIMIT 1) waiting ON true
            WHERE head.organization_id = :organization AND head.agent_id = :agent""";

    private static final String SET_ASIDE = """
            SELECT seq, event_id, error, attempts, at FROM memory_failure
            WHERE organization_id = :organization AND agent_id = :agent AND seq > :after
              AND EXISTS (SELECT FROM agent_head WHERE organization_id = :organization AND agent_id = :agent)
            ORDER BY seq LIMIT :limit""";

    private final TenantDatabase database;

    public PostgresMemoryStore(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<MemoryState> state(AgentKey agent, Instant now) {
        return database.statement(
                agent.organization(),
                sql -> sql.query(STATE)
                        .bind("organization", agent.organization().value())
                        .bind("agent", agent.agent().value())
                        .map((row, context) -> new MemoryState(
                                row.getLong("nodes"),
                                row.getLong("edges"),
                                row.getLong("node_tokens"),
                                row.getLong("event_seq"),
                                row.getLong("processed_seq"),
                                row.getLong("memory_version"),
                                row.getBoolean("waits") ? between(instant(row, "waiting"), now) : Duration.ZERO,
                                row.getLong("set_aside")))
                        .findOne());
    }

    /** Clocks of servers differ a little: nothing has waited for less than no time. */
    private static Duration between(Instant since, Instant now) {
        return now.isBefore(since) ? Duration.ZERO : Duration.between(since, now);
    }

    @Override
    public Page<SetAside> setAside(AgentKey agent, long after, int limit) {
        List<SetAside> oneMore = database.statement(
                agent.organization(),
                sql -> sql.search(SET_ASIDE)
                        .bind("organization", agent.organization().value())
                        .bind("agent", agent.agent().value())
                        .bind("after", after)
                        .bind("limit", limit + 1)
                        .map((row, context) -> new SetAside(
                                new EventId(row.getObject("event_id", UUID.class)),
                                row.getLong("seq"),
                                row.getString("error"),
                                row.getInt("attempts"),
                                instant(row, "at")))
                        .list());
        return Page.of(oneMore, limit);
    }
}

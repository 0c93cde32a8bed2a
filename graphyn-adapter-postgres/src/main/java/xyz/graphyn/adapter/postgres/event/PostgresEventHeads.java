package xyz.graphyn.adapter.postgres.event;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.event.EventHeads;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * Heads in {@code agent_head}, each by a look-up of its own.
 *
 * <p>The epoch is made of the name in {@code epoch}, which an operator renews, and of what changes by itself: the identifier
 * of the cluster, which another cluster that was filled from a dump doesn't have, and its timeline, which is another one
 * after a recovery to a point in time and after a standby took over. It is the timeline that is written to now, which the
 * control file learns only with the next checkpoint.
 */
public final class PostgresEventHeads implements EventHeads {
    private static final String READ = """
            SELECT left(encode(sha256(convert_to(concat_ws(' ', name, (SELECT system_identifier FROM pg_control_system()),
                CASE WHEN pg_is_in_recovery() THEN 'standby'
                     ELSE left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) END), 'UTF8')), 'hex'), 32) AS epoch
            FROM epoch;
            SELECT head.organization_id, head.agent_id, head.event_seq
            FROM unnest(:organizations::uuid[], :agents::uuid[]) AS watched (organization_id, agent_id)
                CROSS JOIN LATERAL (
                    SELECT organization_id, agent_id, event_seq FROM agent_head
                    WHERE organization_id = watched.organization_id AND agent_id = watched.agent_id
                    LIMIT 1) head""";

    private final TenantDatabase database;

    public PostgresEventHeads(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public Heads read(Collection<AgentKey> agents) {
        List<AgentKey> watched = List.copyOf(agents);
        Visibility visibility =
                Visibility.of(watched.stream().map(AgentKey::organization).collect(Collectors.toUnmodifiableSet()));
        return database.apart(visibility, sql -> {
            var query = sql.query(READ);
            Columns.of(query, watched)
                    .uuids("organizations", agent -> agent.organization().value())
                    .uuids("agents", agent -> agent.agent().value());
            return query.execute((executed, open) -> {
                try {
                    return heads(executed.get());
                } finally {
                    open.close();
                }
            });
        });
    }

    private static Heads heads(PreparedStatement executed) throws SQLException {
        String epoch;
        try (ResultSet row = executed.getResultSet()) {
            row.next();
            epoch = row.getString("epoch");
        }
        executed.getMoreResults();
        Map<AgentKey, Long> seqs = new HashMap<>();
        try (ResultSet row = executed.getResultSet()) {
            while (row.next()) {
                OrganizationId organization = new OrganizationId(row.getObject("organization_id", UUID.class));
                AgentId agent = new AgentId(row.getObject("agent_id", UUID.class));
                seqs.put(new AgentKey(organization, agent), row.getLong("event_seq"));
            }
        }
        return new Heads(epoch, seqs);
    }
}

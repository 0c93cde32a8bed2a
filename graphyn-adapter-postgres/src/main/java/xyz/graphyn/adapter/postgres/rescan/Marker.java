package xyz.graphyn.adapter.postgres.rescan;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.masking.RulesVersion;

/**
 * A row of {@code agent_rules} whose version is behind.
 *
 * @param behind the version that its rows have
 * @param present the one that they should have
 * @param eventSeq up to here no event has the version behind
 * @param node up to here no node has
 * @param edge up to here no edge has
 * @param notes how often that had to be begun again
 */
record Marker(
        AgentKey agent,
        RulesVersion behind,
        RulesVersion present,
        long eventSeq,
        @Nullable UUID node,
        @Nullable UUID edge,
        long notes) {
    /**
     * Behind what is built in, along one index; or else behind the organization's own, for each organization that has any. A
     * lock is not waited for, and the next candidate taken.
     */
    private static final String BEHIND_BUILT_IN = """
            SELECT stale.*, coalesce((
                SELECT revision FROM organization_rules WHERE organization_id = stale.organization_id), 0) AS revision
            FROM agent_rules stale WHERE rules_version < :base AND taken_until < now()
            LIMIT 1 FOR UPDATE OF stale SKIP LOCKED""";

    private static final String BEHIND_OWN = """
            SELECT stale.*, revision FROM organization_rules CROSS JOIN LATERAL (
                SELECT * FROM agent_rules
                WHERE organization_id = organization_rules.organization_id
                  AND rules_version >= :base AND rules_version < :base + revision AND taken_until < now()
                LIMIT 1 FOR UPDATE SKIP LOCKED) stale
            LIMIT 1""";

    /** For longer than a step takes: who was cut off is waited for as long. */
    private static final String TAKE = """
            UPDATE agent_rules SET taken_until = now() + interval '1 minute'
            WHERE organization_id = :organization AND agent_id = :agent AND rules_version = :behind""";

    /** Takes one, for the minute to come. */
    static Optional<Marker> take(TenantSql sql, int builtIn) {
        Optional<Marker> found = first(sql, BEHIND_BUILT_IN, builtIn).or(() -> first(sql, BEHIND_OWN, builtIn));
        found.ifPresent(marker -> marker.bind(sql.update(TAKE)).execute());
        return found;
    }

    private static Optional<Marker> first(TenantSql sql, String text, int builtIn) {
        return sql.query(text)
                .bind("base", RulesVersion.of(builtIn, 0).value())
                .map((row, context) -> marker(row, context, builtIn))
                .findOne();
    }

    private static Marker marker(ResultSet row, @SuppressWarnings("unused") StatementContext context, int builtIn)
            throws SQLException {
        return new Marker(
                new AgentKey(
                        new OrganizationId(row.getObject("organization_id", UUID.class)),
                        new AgentId(row.getObject("agent_id", UUID.class))),
                new RulesVersion(row.getLong("rules_version")),
                RulesVersion.of(builtIn, row.getInt("revision")),
                row.getLong("event_seq"),
                row.getObject("node_id", UUID.class),
                row.getObject("edge_id", UUID.class),
                row.getLong("notes"));
    }

    /** Gives {@code :organization}, {@code :agent} and {@code :behind} their values. */
    <S extends SqlStatement<S>> S bind(S statement) {
        return named(statement).bind("behind", behind.value());
    }

    /** Gives {@code :organization} and {@code :agent} their values. */
    <S extends SqlStatement<S>> S named(S statement) {
        return statement
                .bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value());
    }
}

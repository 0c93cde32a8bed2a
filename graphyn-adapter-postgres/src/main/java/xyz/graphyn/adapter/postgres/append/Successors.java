package xyz.graphyn.adapter.postgres.append;

import static xyz.graphyn.adapter.postgres.transaction.PostgresDialect.instant;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.Supersession;
import xyz.graphyn.domain.validation.Invalid;

/** Which node holds in the place of which, under the lock on the agent's head. */
final class Successors {
    private static final String TIME = """
            SELECT occurred_at FROM node
            WHERE organization_id = :organization AND agent_id = :agent AND node_id = :newer""";

    /** UNION ends where it comes back to what it has seen. */
    private static final String LEADS_BACK = """
            WITH RECURSIVE later AS (
                SELECT CAST(:newer AS uuid) AS node_id
                UNION
                SELECT node.superseded_by FROM later CROSS JOIN LATERAL (
                    SELECT superseded_by FROM node
                    WHERE organization_id = :organization AND agent_id = :agent AND node_id = later.node_id
                      AND superseded_by IS NOT NULL
                    LIMIT 1) node)
            SELECT EXISTS (SELECT FROM later WHERE node_id = :older)""";

    private static final String TOLD = """
            SELECT EXISTS (
                SELECT FROM node
                WHERE organization_id = :organization AND agent_id = :agent AND superseded_told AND superseded_by IS NOT NULL)""";

    private Successors() {}

    /**
     * The node as it shall be, with the time of the node that it says holds in its place.
     *
     * @throws Invalid if that one is not there, or this one holds in its place
     */
    static Node checked(TenantSql sql, AgentKey agent, Node present, Node changed) {
        Supersession told = changed.supersession();
        if (told == null || told.by() == null || Objects.equals(told, present.supersession())) {
            return changed;
        }
        Optional<Instant> at = sql.query(TIME)
                .bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value())
                .bind("newer", told.by().value())
                .map((row, context) -> instant(row, "occurred_at"))
                .findOne();
        if (at.isEmpty()) {
            throw new Invalid("/supersededBy", "unknown-node", "must be a node of this agent");
        }
        if (leadsBack(sql, agent, told.by(), changed.id())) {
            throw new Invalid("/supersededBy", "circular", "must be a node in whose place this one does not hold");
        }
        return changed.with(new Supersession(told.by(), at.get(), told.told()));
    }

    /** Whether, from one to the one that holds in its place and on, one comes to the other. */
    static boolean leadsBack(TenantSql sql, AgentKey agent, NodeId newer, NodeId older) {
        return sql.query(LEADS_BACK)
                .bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value())
                .bind("newer", newer.value())
                .bind("older", older.value())
                .mapTo(Boolean.class)
                .one();
    }

    /** Whether anybody has told of a node which one holds in its place. What memory finds leads forwards in time only. */
    static boolean areTold(TenantSql sql, AgentKey agent) {
        return sql.query(TOLD)
                .bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value())
                .mapTo(Boolean.class)
                .one();
    }
}

package xyz.graphyn.adapter.postgres.append;

import org.jdbi.v3.core.statement.SqlStatement;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.agent.AgentKey;

/** The row that says how far an agent is, and that whoever appends to it holds. */
final class AgentHead {
    private AgentHead() {}

    /**
     * Waits until nobody else appends to the agent, and keeps everybody else out until the transaction ends. What others
     * committed before is seen by the next statement, not by this one.
     *
     * @return the {@code seq} of the agent's last event, 0 if there is none
     * @throws Refusal.NotFound if there is no such agent
     */
    static long lock(TenantSql sql, AgentKey agent) {
        return named(sql.query("""
                                SELECT event_seq FROM agent_head
                                WHERE organization_id = :organization AND agent_id = :agent
                                FOR NO KEY UPDATE"""), agent)
                .mapTo(Long.class)
                .findOne()
                .orElseThrow(() -> new Refusal.NotFound("agent"));
    }

    static <S extends SqlStatement<S>> S named(S statement, AgentKey agent) {
        return statement
                .bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value());
    }
}

package xyz.graphyn.adapter.postgres.agent;

import static xyz.graphyn.adapter.postgres.transaction.PostgresDialect.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;
import xyz.graphyn.adapter.postgres.masking.FindingsColumns;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.application.agent.AgentQuery;
import xyz.graphyn.application.agent.AgentStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.agent.AgentProfile;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.RulesVersion;

/** Locks are taken in one order everywhere: the agent's row, then its head. */
public final class PostgresAgentStore implements AgentStore {
    public static final String COLUMNS = """
            agent_id, organization_id, name, description, instructions, model, metadata, created_by, created_at, updated_at,
                rules_version, findings""";

    private final TenantDatabase database;

    public PostgresAgentStore(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public void insert(Agent agent) {
        database.statement(
                agent.organization(),
                sql -> describe(sql.update("""
                                WITH added AS (
                                    INSERT INTO agent (organization_id, agent_id, name, name_folded, description,
                                        instructions, model, metadata, created_by, created_at, updated_at, rules_version,
                                        findings, found_in)
                                    VALUES (:organization, :agent, :name, :folded, :description,
                                        :instructions, :model, :metadata::json, :createdBy, :createdAt, :updatedAt, :rules,
                                        :findings, :foundIn)
                                    RETURNING organization_id, agent_id, rules_version),
                                searched AS (
                                    INSERT INTO agent_rules (organization_id, agent_id, rules_version)
                                    SELECT organization_id, agent_id, rules_version FROM added)
                                INSERT INTO agent_head (organization_id, agent_id, rules_version)
                                SELECT organization_id, agent_id, rules_version FROM added"""), agent)
                        .bind("createdBy", agent.createdBy())
                        .bind("createdAt", agent.createdAt())
                        .execute());
    }

    @Override
    public Optional<Agent> find(AgentKey key) {
        return database.statement(
                key.organization(),
                sql -> named(sql.query("""
                                SELECT agent_id, organization_id, name, description, instructions, model, metadata,
                                    created_by, created_at, updated_at, rules_version, findings
                                FROM agent
                                WHERE organization_id = :organization AND agent_id = :agent AND NOT removed"""), key).map(PostgresAgentStore::agent).findOne());
    }

    @Override
    public Optional<Agent> findForChange(AgentKey key) {
        // NO KEY, because who adds a node to the agent holds on to its key, and is not to be waited for.
        return database.within(
                key.organization(),
                sql -> named(sql.query("""
                                SELECT agent_id, organization_id, name, description, instructions, model, metadata,
                                    created_by, created_at, updated_at, rules_version, findings
                                FROM agent
                                WHERE organization_id = :organization AND agent_id = :agent AND NOT removed
                                FOR NO KEY UPDATE"""), key).map(PostgresAgentStore::agent).findOne());
    }

    @Override
    public Optional<String> creatorOf(AgentKey key) {
        return database.statement(
                key.organization(),
                sql -> named(sql.query("""
                                SELECT created_by FROM agent
                                WHERE organization_id = :organization AND agent_id = :agent AND NOT removed"""), key).mapTo(String.class).findOne());
    }

    /** A name is looked for along the primary key: an organization has few agents, and their rows are narrow. */
    @Override
    public Page<Agent> page(OrganizationId organization, AgentQuery query) {
        AgentId after = query.after();
        String name = query.name();
        RulesVersion provenBy = query.provenBy();
        String text = """
                SELECT agent_id, organization_id, name, description, instructions, model, metadata,
                    created_by, created_at, updated_at, rules_version, findings
                FROM agent
                WHERE organization_id = :organization AND NOT removed"""
                + (after == null ? "" : "\n  AND agent_id < :after")
                + (name == null ? "" : "\n  AND strpos(name_folded, :name) > 0")
                + (name == null || provenBy == null
                        ? ""
                        : "\n  AND " + FindingsColumns.proven("agent", FindingsColumns.NAME))
                + "\nORDER BY agent_id DESC LIMIT :limit";
        List<Agent> oneMore = database.statement(organization, sql -> {
            Query page = sql.search(text).bind("organization", organization.value());
            if (after != null) {
                page.bind("after", after.value());
            }
            if (name != null) {
                page.bind("name", folded(name));
            }
            if (name != null && provenBy != null) {
                page.bind("provenBy", provenBy.value());
            }
            return page.bind("limit", query.limit() + 1)
                    .map(PostgresAgentStore::agent)
                    .list();
        });
        return Page.of(oneMore, query.limit());
    }

    @Override
    public void update(Agent agent) {
        database.statement(
                agent.organization(), sql -> describe(sql.update("""
                                UPDATE agent SET name = :name, name_folded = :folded, description = :description,
                                    instructions = :instructions, model = :model, metadata = :metadata::json,
                                    updated_at = :updatedAt, rules_version = :rules, findings = :findings,
                                    found_in = :foundIn, searches = searches + 1
                                WHERE organization_id = :organization AND agent_id = :agent AND NOT removed;

                                INSERT INTO agent_rules (organization_id, agent_id, rules_version)
                                SELECT organization_id, agent_id, :rules FROM agent
                                WHERE organization_id = :organization AND agent_id = :agent AND NOT removed
                                ON CONFLICT DO NOTHING"""), agent).execute());
    }

    @Override
    public boolean remove(AgentKey key) {
        return database.statements(key.organization(), sql -> {
            int marked = named(sql.update("""
                                    UPDATE agent SET removed = true
                                    WHERE organization_id = :organization AND agent_id = :agent AND NOT removed"""), key).execute();
            if (marked == 0) {
                return false;
            }
            // Waits for the appender that holds the head; the next one finds none.
            named(sql.update("""
                                    DELETE FROM agent_head WHERE organization_id = :organization AND agent_id = :agent;
                                    DELETE FROM memory_backlog WHERE organization_id = :organization AND agent_id = :agent;
                                    DELETE FROM agent_rules WHERE organization_id = :organization AND agent_id = :agent;
                                    INSERT INTO agent_purge (organization_id, agent_id) VALUES (:organization, :agent)"""), key).execute();
            return true;
        });
    }

    private static <S extends SqlStatement<S>> S named(S statement, AgentKey key) {
        return statement
                .bind("organization", key.organization().value())
                .bind("agent", key.agent().value());
    }

    private static <S extends SqlStatement<S>> S describe(S statement, Agent agent) {
        AgentProfile profile = agent.profile();
        return FindingsColumns.bind(named(statement, agent.key()), agent.findings())
                .bind("name", profile.name())
                .bind("folded", folded(profile.name()))
                .bind("description", profile.description())
                .bind("instructions", profile.instructions())
                .bind("model", profile.model())
                .bind("metadata", profile.metadata().text())
                .bind("updatedAt", agent.updatedAt());
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** From a row of {@code agent} to the agent, for whoever reads one. */
    public static Agent agent(ResultSet row, StatementContext context) throws SQLException {
        return new Agent(
                new AgentId(row.getObject("agent_id", UUID.class)),
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                new AgentProfile(
                        row.getString("name"),
                        row.getString("description"),
                        row.getString("instructions"),
                        row.getString("model"),
                        new Json(row.getString("metadata"))),
                row.getString("created_by"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                FindingsColumns.findings(row));
    }
}

package xyz.graphyn.adapter.postgres.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import xyz.graphyn.adapter.postgres.transaction.TenantDatabase;
import xyz.graphyn.adapter.postgres.transaction.Visibility;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.memory.MemoryBacklog;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;

/** Finds its work in {@code memory_backlog}, which holds ids only, and turns to the organization that it finds there. */
public final class PostgresMemoryBacklog implements MemoryBacklog {
    /**
     * A lock is not waited for, and the next candidate taken. For longer than a step takes; if one takes longer, somebody else
     * does the same work, and one of the two in vain.
     */
    private static final String TAKE = """
            UPDATE memory_backlog SET taken_until = now() + interval '10 seconds'
            FROM (
                SELECT organization_id, agent_id FROM memory_backlog WHERE %s AND taken_until <= now()
                %s LIMIT :limit FOR UPDATE SKIP LOCKED) free
            WHERE memory_backlog.organization_id = free.organization_id AND memory_backlog.agent_id = free.agent_id
            RETURNING memory_backlog.organization_id, memory_backlog.agent_id""";

    private static final String TAKE_BEHIND = TAKE.formatted("behind", "ORDER BY taken_until");

    /** Two ranges of an index, where {@code <>} would be none; in no order, since all of them are long jobs. */
    private static final String TAKE_BELOW = TAKE.formatted("embedded_by < :model", "");

    private static final String TAKE_ABOVE = TAKE.formatted("embedded_by > :model", "");

    private static final String TAKE_ONE = """
            UPDATE memory_backlog SET taken_until = now() + interval '10 seconds'
            WHERE organization_id = :organization AND agent_id = :agent AND taken_until <= now()
              AND (behind OR (:model <> '' AND embedded_by <> :model))""";

    private static final String GIVE_BACK = """
            UPDATE memory_backlog SET taken_until = now()
            WHERE organization_id = :organization AND agent_id = :agent AND taken_until > now()""";

    private static final String POSITION =
            "SELECT processed_seq FROM agent_head WHERE organization_id = :organization AND agent_id = :agent";

    private static final String INCOMPLETE = """
            SELECT * FROM node
            WHERE organization_id = :organization AND agent_id = :agent
              AND EXISTS (SELECT FROM agent_head WHERE organization_id = :organization AND agent_id = :agent)
              AND\s""";

    private static final String UNCOUNTED = INCOMPLETE + "tokens IS NULL ORDER BY node_id LIMIT :limit";

    private static final String UNEMBEDDED = INCOMPLETE + """
            tokens IS NOT NULL AND updated_at > '-infinity' AND embedding_model %s :model
            ORDER BY embedding_model, node_id LIMIT :limit""";

    private static final String UNCOUNTED_OR_UNEMBEDDED = "(" + UNCOUNTED + ") UNION ALL (" + UNEMBEDDED.formatted("<")
            + ") UNION ALL (" + UNEMBEDDED.formatted(">") + ")";

    private static final int BYTES = 4 << 20;

    private final TenantDatabase database;

    public PostgresMemoryBacklog(TenantDatabase database) {
        this.database = database;
    }

    @Override
    public List<AgentKey> take(String model, int limit) {
        return database.alone(Visibility.none(), sql -> {
            List<AgentKey> taken = new ArrayList<>(take(sql.query(TAKE_BEHIND), limit));
            for (String text : model.isEmpty() ? List.<String>of() : List.of(TAKE_BELOW, TAKE_ABOVE)) {
                if (taken.size() < limit) {
                    taken.addAll(take(sql.query(text).bind("model", model), limit - taken.size()));
                }
            }
            return taken;
        });
    }

    private static List<AgentKey> take(Query query, int limit) {
        return query.bind("limit", limit)
                .map((row, context) -> new AgentKey(
                        new OrganizationId(row.getObject("organization_id", UUID.class)),
                        new AgentId(row.getObject("agent_id", UUID.class))))
                .list();
    }

    @Override
    public boolean take(AgentKey agent, String model) {
        return database.alone(
                Visibility.none(),
                sql -> named(sql.update(TAKE_ONE), agent).bind("model", model).execute() > 0);
    }

    @Override
    public void giveBack(AgentKey agent) {
        database.alone(
                Visibility.none(), sql -> named(sql.update(GIVE_BACK), agent).execute());
    }

    @Override
    public long processedSeq(AgentKey agent) {
        return database.apart(
                        Visibility.of(agent.organization()),
                        sql -> named(sql.query(POSITION), agent)
                                .mapTo(Long.class)
                                .findOne())
                .orElseThrow(() -> new Refusal.NotFound("agent"));
    }

    @Override
    public List<Incomplete> incomplete(AgentKey agent, String model, int limit) {
        String wanted = model.isEmpty() ? "SELECT * FROM (" + UNCOUNTED + ") uncounted" : UNCOUNTED_OR_UNEMBEDDED;
        return database.apart(Visibility.of(agent.organization()), sql -> {
            var query = named(sql.search(weighed(wanted)), agent)
                    .bind("limit", limit)
                    .bind("most", BYTES);
            if (!model.isEmpty()) {
                query.bind("model", model);
            }
            return query.map((row, context) ->
                            new Incomplete(NodeRows.node(row, context), row.getLong("memory_version")))
                    .list();
        });
    }

    /** What contents weigh is known without reading them. */
    private static String weighed(String nodes) {
        return "SELECT " + NodeRows.COLUMNS + """
                , node.memory_version
                FROM (
                    SELECT page.*, sum(octet_length(content)) OVER (ROWS UNBOUNDED PRECEDING) AS total
                    FROM (""" + nodes + """
                    LIMIT :limit) page) node
                WHERE total <= :most OR total = octet_length(content)""";
    }

    private static <S extends SqlStatement<S>> S named(S statement, AgentKey agent) {
        return statement
                .bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value());
    }
}

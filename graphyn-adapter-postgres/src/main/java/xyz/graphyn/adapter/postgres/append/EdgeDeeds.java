package xyz.graphyn.adapter.postgres.append;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.append.Deed.Outcome;
import xyz.graphyn.adapter.postgres.masking.FindingsColumns;
import xyz.graphyn.adapter.postgres.memory.EdgeRows;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.AddedEdge;
import xyz.graphyn.application.append.EdgeChange;
import xyz.graphyn.application.append.NewEdge;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.validation.Invalid;

/** What is done to edges, under the lock on their agent's head: no node goes while an edge to it is being added. */
final class EdgeDeeds {
    /** The nodes of an edge, as far as they are there. */
    private static final String NODES = """
            SELECT node_id FROM node WHERE organization_id = :organization AND agent_id = :agent AND node_id = :from
            UNION
            SELECT node_id FROM node WHERE organization_id = :organization AND agent_id = :agent AND node_id = :to""";

    /** Along the index that lets no fact be told twice. */
    private static final String SAME_FACT = "SELECT " + EdgeRows.COLUMNS + """

            FROM edge
            WHERE organization_id = :organization AND agent_id = :agent AND from_node = :from AND relation = :relation
              AND to_node = :to AND valid_from\s""";

    private static final String FIND = "SELECT " + EdgeRows.COLUMNS + """

            FROM edge WHERE organization_id = :organization AND agent_id = :agent AND edge_id = :edge""";

    private static final String INSERT = """
            INSERT INTO edge (organization_id, agent_id, edge_id, from_node, to_node, relation, valid_from, valid_to,
                created_at, derived, properties, rules_version, findings, found_in)
            VALUES (:organization, :agent, :edge, :from, :to, :relation, :validFrom::timestamptz,
                :validTo::timestamptz, :createdAt, :derived,
                :properties::json, :rules, :findings, :foundIn)""";

    private static final String UPDATE = """
            UPDATE edge SET valid_from = :validFrom::timestamptz, valid_to = :validTo::timestamptz, derived = :derived,
                properties = :properties::json, rules_version = :rules, findings = :findings, found_in = :foundIn
            WHERE organization_id = :organization AND agent_id = :agent AND edge_id = :edge""";

    private static final String DELETE =
            "DELETE FROM edge WHERE organization_id = :organization AND agent_id = :agent AND edge_id = :edge";

    /** An edge from the node to itself is of the first kind only: no statement may delete a row twice. */
    private static final String DELETE_OF_NODE = """
            WITH outgoing AS (
                DELETE FROM edge
                WHERE organization_id = :organization AND agent_id = :agent AND from_node = :node
                  AND created_at > '-infinity'
                RETURNING 1),
            incoming AS (
                DELETE FROM edge
                WHERE organization_id = :organization AND agent_id = :agent AND to_node = :node AND from_node <> :node
                  AND created_at > '-infinity'
                RETURNING 1)
            SELECT (SELECT count(*) FROM outgoing) + (SELECT count(*) FROM incoming)""";

    private EdgeDeeds() {}

    /** What the head has to write must have been written. */
    static Outcome add(TenantSql sql, AgentHead head, NewEdge told) {
        Edge edge = told.edge();
        Optional<Invalid> unknown = unknownNode(sql, told.agent(), edge);
        if (unknown.isPresent()) {
            return new Outcome.Failed(unknown.get());
        }
        Optional<Edge> known = sameFact(sql, told.agent(), edge);
        if (known.isPresent() && (edge.derived() || !known.get().derived())) {
            return new Outcome.Done(new AddedEdge(known.get(), AddedEdge.Outcome.KNOWN));
        }
        AddedEdge added = known.map(found -> new AddedEdge(found.asTold(), AddedEdge.Outcome.CONFIRMED))
                .orElseGet(() -> new AddedEdge(edge, AddedEdge.Outcome.CREATED));
        try {
            head.changed(added.edge(), told.audit().apply(added));
        } catch (RuntimeException | Error why) {
            return new Outcome.Failed(why);
        }
        write(sql, head, added.edge(), known.isPresent() ? UPDATE : INSERT);
        head.memory().countEdges(known.isPresent() ? 0 : 1);
        return new Outcome.Done(added);
    }

    private static Optional<Invalid> unknownNode(TenantSql sql, AgentKey agent, Edge edge) {
        Set<UUID> present = named(sql.query(NODES), agent)
                .bind("from", edge.from().value())
                .bind("to", edge.to().value())
                .mapTo(UUID.class)
                .set();
        return Stream.of(Map.entry("/from", edge.from()), Map.entry("/to", edge.to()))
                .filter(end -> !present.contains(end.getValue().value()))
                .findFirst()
                .map(end -> new Invalid(end.getKey(), "unknown-node", "must be a node of this agent"));
    }

    private static Optional<Edge> sameFact(TenantSql sql, AgentKey agent, Edge edge) {
        Query query = named(sql.query(SAME_FACT + (edge.validFrom() == null ? "IS NULL" : "= :validFrom")), agent)
                .bind("from", edge.from().value())
                .bind("relation", edge.relation())
                .bind("to", edge.to().value());
        if (edge.validFrom() != null) {
            query.bind("validFrom", edge.validFrom());
        }
        return query.map(EdgeRows::edge).findOne();
    }

    private static Optional<Edge> find(TenantSql sql, AgentKey agent, EdgeId edge) {
        return named(sql.query(FIND), agent)
                .bind("edge", edge.value())
                .map(EdgeRows::edge)
                .findOne();
    }

    private static void write(TenantSql sql, AgentHead head, Edge edge, String text) {
        FindingsColumns.bind(named(sql.update(text), head.agent()), edge.findings())
                .bind("edge", edge.id().value())
                .bind("from", edge.from().value())
                .bind("to", edge.to().value())
                .bind("relation", edge.relation())
                .bind("validFrom", text(edge.validFrom()))
                .bind("validTo", text(edge.validTo()))
                .bind("createdAt", edge.createdAt())
                .bind("derived", edge.derived())
                .bind("properties", edge.properties().text())
                .execute();
        head.memory().next();
    }

    /** For a time that may be null, of which the driver would not tell the type. */
    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    static Outcome change(TenantSql sql, AgentHead head, EdgeChange change) {
        Optional<Edge> present = find(sql, change.agent(), change.edge());
        Optional<Edge> changed;
        try {
            changed = present.map(change.edit());
        } catch (RuntimeException | Error why) {
            return new Outcome.Failed(why);
        }
        if (changed.isEmpty() || changed.equals(present)) {
            return new Outcome.Done(changed);
        }
        EdgeId id = changed.get().id();
        if (sameFact(sql, change.agent(), changed.get())
                .filter(other -> !other.id().equals(id))
                .isPresent()) {
            return new Outcome.Failed(
                    new Refusal.Conflict("The agent has another edge of the same nodes, relation and validFrom."));
        }
        try {
            head.changed(changed.get(), change.audit());
        } catch (RuntimeException why) {
            return new Outcome.Failed(why);
        }
        write(sql, head, changed.get(), UPDATE);
        return new Outcome.Done(changed);
    }

    static Outcome remove(TenantSql sql, AgentHead head, Deed.RemoveEdge deed) {
        if (find(sql, deed.agent(), deed.edge()).isEmpty()) {
            return new Outcome.Done(false);
        }
        try {
            head.audited(deed.audit());
        } catch (RuntimeException why) {
            return new Outcome.Failed(why);
        }
        named(sql.update(DELETE), deed.agent())
                .bind("edge", deed.edge().value())
                .execute();
        head.memory().countEdges(-1);
        head.memory().next();
        return new Outcome.Done(true);
    }

    /**
     * Removes what a node has, before it goes itself.
     *
     * @return how many edges fewer there are
     */
    static long removeOf(TenantSql sql, AgentKey agent, NodeId node) {
        return named(sql.query(DELETE_OF_NODE), agent)
                .bind("node", node.value())
                .mapTo(Long.class)
                .one();
    }

    private static <S extends SqlStatement<S>> S named(S statement, AgentKey agent) {
        return statement
                .bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value());
    }
}

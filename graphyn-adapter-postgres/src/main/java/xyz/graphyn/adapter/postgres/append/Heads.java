package xyz.graphyn.adapter.postgres.append;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.adapter.postgres.transaction.SqlFailures;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.NodeSource;
import xyz.graphyn.domain.memory.RememberedNode;

/**
 * Takes the heads of a group's agents, and what those agents have already of what the group brings, in one trip.
 *
 * <p>The rows are locked in one order everywhere, so that no two groups wait for each other. What is known is asked in a
 * statement after the one that locked: in READ COMMITTED it sees all that was committed before we held the heads. LIMIT
 * makes it one look-up for each id, however many there are, where the planner might read all that the agents have.
 */
final class Heads {
    private static final String LOCK = """
            SELECT head.organization_id, head.agent_id, head.event_seq, head.rules_version,
            """ + MemoryHead.COLUMNS + """

            FROM unnest(:organizations::uuid[], :agents::uuid[]) AS wanted (organization_id, agent_id)
                JOIN agent_head head USING (organization_id, agent_id)
            ORDER BY head.organization_id, head.agent_id FOR NO KEY UPDATE OF head""";

    private static final String KNOWN_EVENTS = """
            ;
            SELECT known.* FROM unnest(:eventOrganizations::uuid[], :eventAgents::uuid[], :eventExternalIds::text[])
                AS wanted (organization_id, agent_id, external_id) CROSS JOIN LATERAL (
                    SELECT organization_id, agent_id, event_id, seq, external_id FROM event
                    WHERE organization_id = wanted.organization_id AND agent_id = wanted.agent_id
                      AND external_id = wanted.external_id
                    LIMIT 1) known""";

    private static final String KNOWN_NODES = """
            ;
            SELECT known.* FROM unnest(:nodeOrganizations::uuid[], :nodeAgents::uuid[], :nodeExternalIds::text[])
                AS wanted (organization_id, agent_id, external_id) CROSS JOIN LATERAL (
                    SELECT organization_id, agent_id, node_id, external_id FROM node
                    WHERE organization_id = wanted.organization_id AND agent_id = wanted.agent_id
                      AND external_id = wanted.external_id
                    LIMIT 1) known""";

    private static final String KNOWN_SOURCES = """
            ;
            SELECT known.* FROM unnest(:sourceOrganizations::uuid[], :sourceAgents::uuid[], :sourceEvents::uuid[])
                AS wanted (organization_id, agent_id, source_event_id) CROSS JOIN LATERAL (
                    SELECT organization_id, agent_id, source_event_id FROM node
                    WHERE organization_id = wanted.organization_id AND agent_id = wanted.agent_id
                      AND source_event_id = wanted.source_event_id
                    LIMIT 1) known""";

    private Heads() {}

    /** Somebody else holds one of the agents, and for longer than a commit takes. */
    static final class Held extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Held(Throwable cause) {
            super("an agent's head is held", cause);
        }
    }

    private record Wanted(AgentKey agent, String externalId) {}

    private record Source(AgentKey agent, UUID event) {}

    /**
     * @return the head of each agent, but for those that don't exist or were removed
     * @throws Held if one of them is not to be had
     */
    static Map<AgentKey, AgentHead> lock(TenantSql sql, Collection<? extends Deed<?>> deeds) {
        Set<AgentKey> agents = new LinkedHashSet<>();
        Set<Wanted> events = new LinkedHashSet<>();
        Set<Wanted> nodes = new LinkedHashSet<>();
        Set<Source> sources = new LinkedHashSet<>();
        for (Deed<?> deed : deeds) {
            agents.add(deed.agent());
            switch (deed) {
                case Deed.RecordEvents(var batch) ->
                    batch.events()
                            .forEach(event -> want(events, deed, event.draft().externalId()));
                case Deed.AddNodes(var batch) ->
                    batch.nodes().stream().map(Node::externalId).forEach(id -> want(nodes, deed, id));
                case Deed.Remember(var step) -> want(sources, deed, step.nodes());
                case Deed.Retry(var retry) -> want(sources, deed, retry.nodes());
                case Deed.ChangeNode unused -> {}
                case Deed.RemoveNode unused -> {}
                case Deed.AddEdge unused -> {}
                case Deed.ChangeEdge unused -> {}
                case Deed.RemoveEdge unused -> {}
                case Deed.Enrich unused -> {}
                case Deed.Link unused -> {}
            }
        }
        Query query = sql.query(LOCK
                + (events.isEmpty() ? "" : KNOWN_EVENTS)
                + (nodes.isEmpty() ? "" : KNOWN_NODES)
                + (sources.isEmpty() ? "" : KNOWN_SOURCES));
        Columns.of(query, agents)
                .uuids("organizations", agent -> agent.organization().value())
                .uuids("agents", agent -> agent.agent().value());
        bind(query, "event", events);
        bind(query, "node", nodes);
        if (!sources.isEmpty()) {
            Columns.of(query, sources)
                    .uuids(
                            "sourceOrganizations",
                            source -> source.agent().organization().value())
                    .uuids("sourceAgents", source -> source.agent().agent().value())
                    .uuids("sourceEvents", Source::event);
        }
        try {
            return query.execute((executed, open) -> {
                try {
                    return read(executed.get(), events, nodes, sources);
                } finally {
                    open.close();
                }
            });
        } catch (JdbiException failure) {
            if (SqlFailures.isLockTimeout(failure)) {
                throw new Held(failure);
            }
            throw failure;
        }
    }

    private static void want(Set<Wanted> wanted, Deed<?> deed, @Nullable String externalId) {
        if (externalId != null) {
            wanted.add(new Wanted(deed.agent(), externalId));
        }
    }

    private static void want(Set<Source> wanted, Deed<?> deed, List<RememberedNode> nodes) {
        for (RememberedNode remembered : nodes) {
            NodeSource source = remembered.node().source();
            if (source != null) {
                wanted.add(new Source(deed.agent(), source.event().value()));
            }
        }
    }

    private static void bind(Query query, String what, Set<Wanted> wanted) {
        if (!wanted.isEmpty()) {
            Columns.of(query, wanted)
                    .uuids(
                            what + "Organizations",
                            id -> id.agent().organization().value())
                    .uuids(what + "Agents", id -> id.agent().agent().value())
                    .texts(what + "ExternalIds", Wanted::externalId);
        }
    }

    private static Map<AgentKey, AgentHead> read(
            PreparedStatement executed, Set<Wanted> events, Set<Wanted> nodes, Set<Source> sources)
            throws SQLException {
        Map<AgentKey, AgentHead> heads = new HashMap<>();
        try (ResultSet row = executed.getResultSet()) {
            while (row.next()) {
                AgentKey agent = agent(row);
                heads.put(
                        agent,
                        new AgentHead(
                                agent, row.getLong("event_seq"), row.getLong("rules_version"), MemoryHead.of(row)));
            }
        }
        if (!events.isEmpty()) {
            executed.getMoreResults();
            try (ResultSet row = executed.getResultSet()) {
                while (row.next()) {
                    EventId event = new EventId(row.getObject("event_id", UUID.class));
                    head(heads, row).knows(event, row.getLong("seq"), row.getString("external_id"));
                }
            }
        }
        if (!nodes.isEmpty()) {
            executed.getMoreResults();
            try (ResultSet row = executed.getResultSet()) {
                while (row.next()) {
                    NodeId node = new NodeId(row.getObject("node_id", UUID.class));
                    head(heads, row).knows(node, row.getString("external_id"));
                }
            }
        }
        if (!sources.isEmpty()) {
            executed.getMoreResults();
            try (ResultSet row = executed.getResultSet()) {
                while (row.next()) {
                    EventId source = new EventId(row.getObject("source_event_id", UUID.class));
                    head(heads, row).memory().knows(source);
                }
            }
        }
        return heads;
    }

    private static AgentHead head(Map<AgentKey, AgentHead> heads, ResultSet row) throws SQLException {
        AgentKey agent = agent(row);
        // The rows of a removed agent stay until they are purged; nobody asks this head for them.
        return Objects.requireNonNullElseGet(heads.get(agent), () -> new AgentHead(agent, 0, 0, MemoryHead.none()));
    }

    private static AgentKey agent(ResultSet row) throws SQLException {
        return new AgentKey(
                new OrganizationId(row.getObject("organization_id", UUID.class)),
                new AgentId(row.getObject("agent_id", UUID.class)));
    }
}

package xyz.graphyn.adapter.postgres.rescan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.agent.PostgresAgentStore;
import xyz.graphyn.adapter.postgres.event.PostgresEventStore;
import xyz.graphyn.adapter.postgres.memory.EdgeRows;
import xyz.graphyn.adapter.postgres.memory.NodeRows;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.Node;

/**
 * Some rows of an agent that have the version of its marker, and where that ends.
 *
 * @param agent the agent itself, if it has the version
 * @param eventSeq where the events end
 * @param node where the nodes end
 * @param edge where the edges end
 * @param last whether there was nothing behind
 */
record StalePage(
        Optional<Versioned<Agent>> agent,
        List<Event> events,
        List<Versioned<Node>> nodes,
        List<Versioned<Edge>> edges,
        long eventSeq,
        @Nullable UUID node,
        @Nullable UUID edge,
        boolean last) {
    /** Passed over at a time, most of which may have been searched already. */
    private static final int WINDOW = 1_000;

    /** Text that one step searches, if it is of more than one row. */
    private static final int BYTES = 1 << 20;

    /** @param version of the row, as PostgreSQL counts them: another after every change */
    record Versioned<T>(T row, String version) {}

    private static final String AGENT = "SELECT " + PostgresAgentStore.COLUMNS + """
            , xmin::text AS version FROM agent
            WHERE organization_id = :organization AND agent_id = :agent AND rules_version = :behind AND NOT removed""";

    private static final String LAST_EVENT = """
            SELECT max(seq) FROM (
                SELECT seq FROM event WHERE organization_id = :organization AND agent_id = :agent AND seq > :after
                ORDER BY seq LIMIT :window) considered""";

    private static final String EVENTS = "SELECT " + PostgresEventStore.COLUMNS + """
            , stale FROM (
                SELECT considered.*, sum(bytes) OVER (ORDER BY seq) AS total, count(*) OVER () AS stale FROM (
                    SELECT *, coalesce(payload_bytes, octet_length(payload::text)) AS bytes FROM event
                    WHERE organization_id = :organization AND agent_id = :agent AND seq > :after AND seq <= :last
                      AND rules_version = :behind) considered) weighed
            WHERE total <= :most OR total = bytes
            ORDER BY seq""";

    /** There is no maximum of uuids before PostgreSQL 18. */
    private static final String LAST_NODE = """
            SELECT node_id FROM (
                SELECT node_id FROM node
                WHERE organization_id = :organization AND agent_id = :agent AND node_id > :after
                ORDER BY node_id LIMIT :window) considered
            ORDER BY node_id DESC LIMIT 1""";

    private static final String NODES = "SELECT " + NodeRows.COLUMNS + """
            , version, stale FROM (
                SELECT considered.*, sum(bytes) OVER (ORDER BY node_id) AS total, count(*) OVER () AS stale FROM (
                    SELECT *, xmin::text AS version, octet_length(content) + octet_length(properties::text) AS bytes FROM node
                    WHERE organization_id = :organization AND agent_id = :agent AND node_id > :after AND node_id <= :last
                      AND rules_version = :behind) considered) node
            WHERE total <= :most OR total = bytes
            ORDER BY node_id""";

    private static final String LAST_EDGE = """
            SELECT edge_id FROM (
                SELECT edge_id FROM edge
                WHERE organization_id = :organization AND agent_id = :agent AND edge_id > :after
                ORDER BY edge_id LIMIT :window) considered
            ORDER BY edge_id DESC LIMIT 1""";

    private static final String EDGES = "SELECT " + EdgeRows.COLUMNS + """
            , version, stale FROM (
                SELECT considered.*, sum(bytes) OVER (ORDER BY edge_id) AS total, count(*) OVER () AS stale FROM (
                    SELECT *, xmin::text AS version, octet_length(properties::text) AS bytes FROM edge
                    WHERE organization_id = :organization AND agent_id = :agent AND edge_id > :after AND edge_id <= :last
                      AND rules_version = :behind) considered) edge
            WHERE total <= :most OR total = bytes
            ORDER BY edge_id""";

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    static StalePage read(TenantSql sql, Marker marker) {
        Optional<Versioned<Agent>> agent = marker.bind(sql.query(AGENT))
                .map((row, context) ->
                        new Versioned<>(PostgresAgentStore.agent(row, context), row.getString("version")))
                .findOne();
        StalePage events = events(sql, marker, agent);
        if (!events.last) {
            return events;
        }
        StalePage nodes = nodes(sql, marker, agent);
        return nodes.last ? edges(sql, marker, agent) : nodes;
    }

    private static StalePage events(TenantSql sql, Marker marker, Optional<Versioned<Agent>> agent) {
        Optional<Long> end = marker.named(sql.search(LAST_EVENT))
                .bind("after", marker.eventSeq())
                .bind("window", WINDOW)
                .mapTo(Long.class)
                .findOne();
        if (end.isEmpty()) {
            return end(marker, agent);
        }
        List<Counted<Event>> found = marker.bind(sql.search(EVENTS))
                .bind("after", marker.eventSeq())
                .bind("last", end.get())
                .bind("most", BYTES)
                .map((row, context) -> new Counted<>(PostgresEventStore.event(row, context), row.getLong("stale")))
                .list();
        List<Event> events = Counted.rows(found);
        long seq = Counted.isCutOff(found) ? events.getLast().seq() : end.get();
        return new StalePage(agent, events, List.of(), List.of(), seq, marker.node(), marker.edge(), false);
    }

    private static StalePage nodes(TenantSql sql, Marker marker, Optional<Versioned<Agent>> agent) {
        UUID after = marker.node() == null ? BEFORE_ALL : marker.node();
        Optional<UUID> end = marker.named(sql.search(LAST_NODE))
                .bind("after", after)
                .bind("window", WINDOW)
                .mapTo(UUID.class)
                .findOne();
        if (end.isEmpty()) {
            return end(marker, agent);
        }
        List<Counted<Versioned<Node>>> found = marker.bind(sql.search(NODES))
                .bind("after", after)
                .bind("last", end.get())
                .bind("most", BYTES)
                .map((row, context) -> new Counted<>(
                        new Versioned<>(NodeRows.node(row, context), row.getString("version")), row.getLong("stale")))
                .list();
        List<Versioned<Node>> nodes = Counted.rows(found);
        UUID node = Counted.isCutOff(found) ? nodes.getLast().row().id().value() : end.get();
        return new StalePage(agent, List.of(), nodes, List.of(), marker.eventSeq(), node, marker.edge(), false);
    }

    private static StalePage edges(TenantSql sql, Marker marker, Optional<Versioned<Agent>> agent) {
        UUID after = marker.edge() == null ? BEFORE_ALL : marker.edge();
        Optional<UUID> end = marker.named(sql.search(LAST_EDGE))
                .bind("after", after)
                .bind("window", WINDOW)
                .mapTo(UUID.class)
                .findOne();
        if (end.isEmpty()) {
            return end(marker, agent);
        }
        List<Counted<Versioned<Edge>>> found = marker.bind(sql.search(EDGES))
                .bind("after", after)
                .bind("last", end.get())
                .bind("most", BYTES)
                .map((row, context) -> new Counted<>(
                        new Versioned<>(EdgeRows.edge(row, context), row.getString("version")), row.getLong("stale")))
                .list();
        List<Versioned<Edge>> edges = Counted.rows(found);
        UUID edge = Counted.isCutOff(found) ? edges.getLast().row().id().value() : end.get();
        return new StalePage(agent, List.of(), List.of(), edges, marker.eventSeq(), marker.node(), edge, false);
    }

    private static StalePage end(Marker marker, Optional<Versioned<Agent>> agent) {
        return new StalePage(
                agent, List.of(), List.of(), List.of(), marker.eventSeq(), marker.node(), marker.edge(), true);
    }

    /** Whether all that is left to do is to take the marker away. */
    boolean isEnd() {
        return last && agent.isEmpty();
    }

    /** @param all how many there are of them, those that are too much for one step included */
    private record Counted<T>(T row, long all) {
        static <T> List<T> rows(List<Counted<T>> found) {
            List<T> rows = new ArrayList<>(found.size());
            found.forEach(one -> rows.add(one.row));
            return rows;
        }

        static boolean isCutOff(List<? extends Counted<?>> found) {
            return !found.isEmpty() && found.getFirst().all() > found.size();
        }
    }
}

package xyz.graphyn.adapter.postgres.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.Query;
import xyz.graphyn.adapter.postgres.masking.FindingsColumns;
import xyz.graphyn.application.memory.NodeQuery;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * How a page of nodes is read: along an index that ends in (occurred_at, node_id), so that a time range and the place in the
 * list are two ends of one walk. With a label, that is {@code node_label_by_time}, and each node is looked up by its key; but
 * with a session as well, it is the session's, which is short.
 */
final class NodePageSql {
    /** LIMIT keeps the planner from looking for the nodes first, which it would do where it thinks them few. */
    private static final String LABELLED = """
            node_label JOIN LATERAL (
                SELECT * FROM node
                WHERE organization_id = :organization AND agent_id = :agent AND node_id = node_label.node_id
                LIMIT 1) node ON true""";

    private final NodeQuery query;
    private final boolean byLabel;
    private final String leading;

    NodePageSql(NodeQuery query) {
        this.query = query;
        byLabel = query.label() != null && query.sessionId() == null;
        leading = byLabel ? "node_label" : "node";
    }

    String text() {
        List<String> conditions = new ArrayList<>();
        conditions.add(leading + ".organization_id = :organization");
        conditions.add(leading + ".agent_id = :agent");
        // With the condition of the index that the page shall be read along; that of node_by_session follows from the
        // filter.
        if (query.label() != null) {
            conditions.add(
                    byLabel ? "node_label.label <> '' AND node_label.label = :label" : ":label = ANY (node.labels)");
        }
        if (query.type() != null) {
            conditions.add("node.type <> '' AND node.type = :type");
        }
        if (query.label() == null && query.type() == null && query.sessionId() == null) {
            conditions.add("node.created_at > '-infinity'");
        }
        if (query.sessionId() != null) {
            conditions.add("node.session_id = :session");
        }
        proven().forEach(conditions::add);
        if (query.from() != null) {
            conditions.add(leading + ".occurred_at >= :from");
        }
        if (query.to() != null) {
            conditions.add(leading + ".occurred_at < :to");
        }
        if (query.position() != null) {
            conditions.add("(" + leading + ".occurred_at, " + leading + ".node_id) < (:positionTime, :positionNode)");
        }
        conditions.add("EXISTS (SELECT FROM agent_head WHERE organization_id = :organization AND agent_id = :agent)");
        return "SELECT " + NodeRows.COLUMNS + "\nFROM "
                + (byLabel ? LABELLED : "node")
                + "\nWHERE " + String.join(" AND ", conditions)
                + "\nORDER BY " + leading + ".occurred_at DESC, " + leading + ".node_id DESC LIMIT :limit";
    }

    /** That nothing is hidden in what the filter looks at. */
    private Stream<String> proven() {
        if (query.provenBy() == null) {
            return Stream.empty();
        }
        return Stream.of(
                        query.label() == null ? "" : FindingsColumns.provenLabel("node"),
                        query.type() == null ? "" : FindingsColumns.proven("node", FindingsColumns.TYPE),
                        query.sessionId() == null ? "" : FindingsColumns.proven("node", FindingsColumns.SESSION))
                .filter(condition -> !condition.isEmpty());
    }

    Query bind(Query page, AgentKey agent) {
        page.bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value())
                .bind("limit", query.limit() + 1);
        if (query.label() != null) {
            page.bind("label", query.label());
        }
        if (query.type() != null) {
            page.bind("type", query.type());
        }
        if (query.sessionId() != null) {
            page.bind("session", query.sessionId());
        }
        if (query.provenBy() != null && proven().findAny().isPresent()) {
            page.bind("provenBy", query.provenBy().value());
        }
        if (query.from() != null) {
            page.bind("from", query.from());
        }
        if (query.to() != null) {
            page.bind("to", query.to());
        }
        if (query.position() != null) {
            page.bind("positionTime", query.position().occurredAt())
                    .bind("positionNode", query.position().id().value());
        }
        return page;
    }
}

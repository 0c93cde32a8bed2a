package xyz.graphyn.adapter.postgres.memory;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import xyz.graphyn.adapter.postgres.masking.FindingsColumns;
import xyz.graphyn.application.memory.EdgeQuery;
import xyz.graphyn.domain.agent.AgentKey;

/** How a page of edges is read: along an index that ends in edge_id, that of a node if one is asked for. */
final class EdgePageSql {
    private final EdgeQuery query;

    EdgePageSql(EdgeQuery query) {
        this.query = query;
    }

    String text() {
        List<String> conditions = new ArrayList<>();
        conditions.add("edge.organization_id = :organization AND edge.agent_id = :agent");
        // With the condition of the index that the page shall be read along; without one, that is the primary key.
        if (query.from() != null || query.to() != null) {
            conditions.add("edge.created_at > '-infinity'");
        } else if (query.relation() != null) {
            conditions.add("edge.relation <> ''");
        }
        if (query.from() != null) {
            conditions.add("edge.from_node = :from");
        }
        if (query.to() != null) {
            conditions.add("edge.to_node = :to");
        }
        if (query.relation() != null) {
            conditions.add("edge.relation = :relation");
        }
        if (isProven()) {
            conditions.add(FindingsColumns.proven("edge", FindingsColumns.RELATION));
        }
        if (query.asOf() != null) {
            conditions.add(EdgeRows.HELD);
        }
        if (query.before() != null) {
            conditions.add("edge.edge_id < :before");
        }
        conditions.add("EXISTS (SELECT FROM agent_head WHERE organization_id = :organization AND agent_id = :agent)");
        return "SELECT " + EdgeRows.COLUMNS + "\nFROM edge WHERE " + String.join(" AND ", conditions)
                + "\nORDER BY edge.edge_id DESC LIMIT :limit";
    }

    private boolean isProven() {
        return query.relation() != null && query.provenBy() != null;
    }

    Query bind(Query page, AgentKey agent) {
        page.bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value())
                .bind("limit", query.limit() + 1);
        if (query.from() != null) {
            page.bind("from", query.from().value());
        }
        if (query.to() != null) {
            page.bind("to", query.to().value());
        }
        if (query.relation() != null) {
            page.bind("relation", query.relation());
        }
        if (query.provenBy() != null && isProven()) {
            page.bind("provenBy", query.provenBy().value());
        }
        if (query.asOf() != null) {
            page.bind("asOf", query.asOf());
        }
        if (query.before() != null) {
            page.bind("before", query.before().value());
        }
        return page;
    }
}

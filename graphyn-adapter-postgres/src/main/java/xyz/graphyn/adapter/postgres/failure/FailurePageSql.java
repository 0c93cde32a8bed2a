package xyz.graphyn.adapter.postgres.failure;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.Query;
import xyz.graphyn.application.failure.FailureQuery;
import xyz.graphyn.domain.access.OrganizationId;

/**
 * How a page of failures is read: the organization's own and those that concern all are two walks along an index, each as
 * far as the page needs, merged. What names an agent names an organization, so with an agent there is only the first.
 */
final class FailurePageSql {
    private static final String COLUMNS =
            "organization_id, failure_id, at, last_at, count, server, kind, agent_id, client, seq, detail";

    private final FailureQuery query;

    FailurePageSql(FailureQuery query) {
        this.query = query;
    }

    String text() {
        String own = walk("organization_id = :organization");
        if (query.agent() != null) {
            return own;
        }
        return "SELECT * FROM (\n(" + own + ")\nUNION ALL\n(" + walk("organization_id IS NULL") + ")) found\n"
                + "ORDER BY last_at DESC, failure_id DESC LIMIT :limit";
    }

    /** In the order of the whole index, because IS NULL is no equality that would let its first column be left out. */
    private String walk(String whose) {
        List<String> conditions = new ArrayList<>(List.of(whose));
        if (query.agent() != null) {
            conditions.add("agent_id = :agent");
        } else if (query.kind() != null) {
            conditions.add("kind <> ''"); // opens failure_by_kind, which is for no agent
        }
        if (query.kind() != null) {
            conditions.add("kind = :kind");
        }
        if (query.from() != null) {
            conditions.add("last_at >= :from");
        }
        if (query.to() != null) {
            conditions.add("last_at < :to");
        }
        if (query.position() != null) {
            conditions.add("(last_at, failure_id) < (:positionTime, :positionId)");
        }
        return "SELECT " + COLUMNS + " FROM failure WHERE " + String.join(" AND ", conditions) + "\nORDER BY "
                + "organization_id DESC, last_at DESC, failure_id DESC LIMIT :limit";
    }

    Query bind(Query page, OrganizationId organization) {
        page.bind("organization", organization.value()).bind("limit", query.limit() + 1);
        if (query.kind() != null) {
            page.bind("kind", query.kind().name());
        }
        if (query.agent() != null) {
            page.bind("agent", query.agent().value());
        }
        if (query.from() != null) {
            page.bind("from", query.from());
        }
        if (query.to() != null) {
            page.bind("to", query.to());
        }
        if (query.position() != null) {
            page.bind("positionTime", query.position().lastAt())
                    .bind("positionId", query.position().id());
        }
        return page;
    }
}

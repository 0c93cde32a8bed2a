package xyz.graphyn.adapter.postgres.event;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.Query;
import xyz.graphyn.adapter.postgres.masking.FindingsColumns;
import xyz.graphyn.application.event.EventQuery;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * How a page of events is read: along an index that gives {@code seq} in order, as far as the page needs and no further. We
 * choose the way, since the planner can't: it takes the rows that match for evenly spread, where those of an old day lie
 * together at the far end of the log.
 *
 * <ul>
 *   <li>A time range goes through {@code event_span}: the spans that overlap it, in order, and in each of them its rows, found
 *       by what else is asked for. A thousand spans are passed over in the time of a thousand index entries; what is
 *       sorted is the matching rows of one span, and of those no more than a page.
 *   <li>Several types are as many walks along {@code event_by_type}, merged.
 *   <li>Everything else is one walk, along {@code event_by_session}, {@code event_by_type} or the primary key.
 * </ul>
 */
final class EventPageSql {
    private static final String ALIVE =
            "EXISTS (SELECT FROM agent_head WHERE organization_id = :organization AND agent_id = :agent)";

    private final EventQuery query;
    private final List<String> types;
    private final String direction;
    private final String behind;

    EventPageSql(EventQuery query) {
        this.query = query;
        types = query.types().stream().sorted().toList();
        direction = switch (query.order()) {
            case ASCENDING -> " ASC";
            case DESCENDING -> " DESC";
        };
        behind = switch (query.order()) {
            case ASCENDING -> ">";
            case DESCENDING -> "<";
        };
    }

    String text() {
        if (query.from() != null || query.to() != null) {
            return bySpan();
        }
        if (types.size() > 1 && query.sessionId() == null) {
            return byEachType();
        }
        return "SELECT " + PostgresEventStore.COLUMNS + " FROM event WHERE " + conditions() + "\n  AND " + ALIVE
                + inOrder("seq");
    }

    Query bind(Query page, AgentKey agent) {
        page.bind("organization", agent.organization().value())
                .bind("agent", agent.agent().value())
                .bind("limit", query.limit() + 1);
        if (query.after() > 0) {
            page.bind("after", query.after());
        }
        if (query.position() != null) {
            page.bind("position", query.position());
        }
        if (query.sessionId() != null) {
            page.bind("session", query.sessionId());
        }
        if (query.provenBy() != null && (!types.isEmpty() || query.sessionId() != null)) {
            page.bind("provenBy", query.provenBy().value());
        }
        if (query.from() != null) {
            page.bind("from", query.from());
        }
        if (query.to() != null) {
            page.bind("to", query.to());
        }
        for (int i = 0; i < types.size(); i++) {
            page.bind("type" + i, types.get(i));
        }
        return page;
    }

    private String bySpan() {
        List<String> spans = new ArrayList<>(List.of("organization_id = :organization", "agent_id = :agent"));
        if (query.from() != null) {
            spans.add("latest >= :from");
        }
        if (query.to() != null) {
            spans.add("earliest < :to");
        }
        if (query.after() > 0) {
            spans.add("span >= :after / " + PostgresEventStore.SPAN);
        }
        if (query.position() != null) {
            spans.add("span " + behind + "= :position / " + PostgresEventStore.SPAN);
        }
        return "SELECT found.* FROM event_span JOIN LATERAL (\n  SELECT " + PostgresEventStore.COLUMNS
                + " FROM event WHERE "
                + conditions()
                + "\n    AND seq >= span * " + PostgresEventStore.SPAN
                + " AND seq < (span + 1) * " + PostgresEventStore.SPAN
                + inOrder("seq")
                + ") found ON true\nWHERE " + named("event_span.", spans) + "\n  AND " + ALIVE
                + inOrder("span" + direction + ", seq");
    }

    private String byEachType() {
        return IntStream.range(0, types.size())
                .mapToObj(i -> "(SELECT " + PostgresEventStore.COLUMNS + " FROM event WHERE " + conditions(ofType(i))
                        + inOrder("seq") + ")")
                .collect(Collectors.joining(
                        "\nUNION ALL\n", "SELECT * FROM (\n", ") found\nWHERE " + ALIVE + inOrder("seq")));
    }

    private String inOrder(String order) {
        return "\nORDER BY " + order + direction + " LIMIT :limit";
    }

    private String conditions() {
        return switch (types.size()) {
            case 0 -> conditions("true");
            case 1 -> conditions(ofType(0));
            default ->
                conditions(IntStream.range(0, types.size())
                        .mapToObj(i -> ":type" + i)
                        .collect(Collectors.joining(", ", "type <> '' AND type IN (", ")")));
        };
    }

    /**
     * With the condition of {@code event_by_type}; or, with a session, so that no index serves it: a session is short, and until
     * there are statistics the planner takes the two for equally good.
     */
    private String ofType(int i) {
        return query.sessionId() != null ? "type || '' = :type" + i : "type <> '' AND type = :type" + i;
    }

    private String conditions(String onType) {
        List<String> conditions = new ArrayList<>(List.of("organization_id = :organization", "agent_id = :agent"));
        conditions.add(onType);
        if (query.sessionId() != null) {
            conditions.add("session_id = :session");
        }
        if (query.provenBy() != null && !types.isEmpty()) {
            conditions.add(FindingsColumns.proven("event", FindingsColumns.TYPE));
        }
        if (query.provenBy() != null && query.sessionId() != null) {
            conditions.add(FindingsColumns.proven("event", FindingsColumns.SESSION));
        }
        if (query.from() != null) {
            conditions.add("occurred_at >= :from");
        }
        if (query.to() != null) {
            conditions.add("occurred_at < :to");
        }
        if (query.after() > 0) {
            conditions.add("seq > :after");
        }
        if (query.position() != null) {
            conditions.add("seq " + behind + " :position");
        }
        return String.join(" AND ", conditions);
    }

    private static String named(String table, List<String> conditions) {
        return conditions.stream().map(condition -> table + condition).collect(Collectors.joining(" AND "));
    }
}

package xyz.graphyn.adapter.postgres.append;

import java.util.List;
import org.jdbi.v3.core.statement.Update;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.SetAside;

/** The events that a group sets aside, as rows. */
final class NewSetAside {
    static final String INSERT = """
            INSERT INTO memory_failure (organization_id, agent_id, seq, event_id, error, attempts, at)
            SELECT organization_id, agent_id, seq, event_id, error, attempts, at::timestamptz
            FROM unnest(:asideOrganizations::uuid[], :asideAgents::uuid[], :asideSeqs::bigint[], :asideEvents::uuid[],
                :asideErrors::text[], :asideAttempts::bigint[], :asideTimes::text[])
                AS batch (organization_id, agent_id, seq, event_id, error, attempts, at)""";

    private final List<Row> rows;

    private record Row(AgentKey agent, SetAside event) {}

    NewSetAside(List<AgentHead> heads) {
        rows = heads.stream()
                .flatMap(head -> head.memory().unwrittenSetAside().stream().map(event -> new Row(head.agent(), event)))
                .toList();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Gives {@link #INSERT} its values. */
    Update bind(Update update) {
        Columns.of(update, rows)
                .uuids("asideOrganizations", row -> row.agent().organization().value())
                .uuids("asideAgents", row -> row.agent().agent().value())
                .numbers("asideSeqs", row -> row.event().seq())
                .uuids("asideEvents", row -> row.event().event().value())
                .texts("asideErrors", row -> row.event().error())
                .numbers("asideAttempts", row -> (long) row.event().attempts())
                .times("asideTimes", row -> row.event().at());
        return update;
    }
}

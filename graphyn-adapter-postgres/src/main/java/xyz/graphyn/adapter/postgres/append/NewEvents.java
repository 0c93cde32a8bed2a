package xyz.graphyn.adapter.postgres.append;

import java.util.List;
import org.jdbi.v3.core.statement.Update;
import xyz.graphyn.adapter.postgres.event.PostgresEventStore;
import xyz.graphyn.adapter.postgres.masking.FindingsColumns;
import xyz.graphyn.adapter.postgres.transaction.Columns;
import xyz.graphyn.application.masking.FindingsCodec;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;

/** The events that a group records, as rows. */
final class NewEvents {
    /** They, and the spans that they lie in. */
    static final String INSERT = """
            INSERT INTO event (organization_id, agent_id, event_id, seq, occurred_at, received_at, type, session_id,
                external_id, payload, payload_bytes, rules_version, findings, found_in)
            SELECT organization_id, agent_id, event_id, seq, occurred_at::timestamptz, received_at::timestamptz, type,
                session_id, external_id, payload::json, octet_length(payload), rules_version, findings, found_in
            FROM unnest(:eventOrganizations::uuid[], :eventAgents::uuid[], :eventIds::uuid[], :eventSeqs::bigint[],
                :eventTimes::text[], :eventArrivals::text[], :eventTypes::text[], :eventSessions::text[],
                :eventExternalIds::text[], :eventPayloads::text[], :eventRules::bigint[], :eventFindings::bytea[],
                :eventFoundIn::bigint[])
                AS batch (organization_id, agent_id, event_id, seq, occurred_at, received_at, type, session_id,
                    external_id, payload, rules_version, findings, found_in);

            INSERT INTO event_span (organization_id, agent_id, span, earliest, latest)
            SELECT organization_id, agent_id, seq / %1$d, min(occurred_at::timestamptz), max(occurred_at::timestamptz)
            FROM unnest(:eventOrganizations::uuid[], :eventAgents::uuid[], :eventSeqs::bigint[], :eventTimes::text[])
                AS batch (organization_id, agent_id, seq, occurred_at)
            GROUP BY organization_id, agent_id, seq / %1$d
            ON CONFLICT (organization_id, agent_id, span) DO UPDATE
            SET earliest = least(event_span.earliest, excluded.earliest),
                latest = greatest(event_span.latest, excluded.latest)
            WHERE excluded.earliest < event_span.earliest OR excluded.latest > event_span.latest""".formatted(PostgresEventStore.SPAN);

    private final List<Row> rows;

    private record Row(AgentKey agent, Event event) {}

    NewEvents(List<AgentHead> heads) {
        rows = heads.stream()
                .flatMap(head -> head.events().stream().map(event -> new Row(head.agent(), event)))
                .toList();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Gives {@link #INSERT} its values. */
    void bind(Update update) {
        Columns.of(update, rows)
                .uuids("eventOrganizations", row -> row.agent().organization().value())
                .uuids("eventAgents", row -> row.agent().agent().value())
                .uuids("eventIds", row -> row.event().id().value())
                .numbers("eventSeqs", row -> row.event().seq())
                .times("eventTimes", row -> row.event().occurredAt())
                .times("eventArrivals", row -> row.event().receivedAt())
                .texts("eventTypes", row -> row.event().type())
                .texts("eventSessions", row -> row.event().sessionId())
                .texts("eventExternalIds", row -> row.event().externalId())
                .texts("eventPayloads", row -> row.event().payload().text())
                .numbers("eventRules", row -> row.event().findings().rules().value())
                .bytes("eventFindings", row -> FindingsCodec.encode(row.event().findings()))
                .numbers(
                        "eventFoundIn",
                        row -> FindingsColumns.foundIn(row.event().findings()));
    }
}

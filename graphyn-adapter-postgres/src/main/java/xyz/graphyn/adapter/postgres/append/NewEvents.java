package xyz.graphyn.adapter.postgres.append;

import java.time.Instant;
import java.util.ArrayList;
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
    /**
     * They, and the spans that they lie in. Those are gathered here, not by the statement, which would parse the times
     * of all events over again, under the lock on the agent's head.
     */
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
            SELECT organization_id, agent_id, span, earliest::timestamptz, latest::timestamptz
            FROM unnest(:spanOrganizations::uuid[], :spanAgents::uuid[], :spans::bigint[], :spanStarts::text[],
                :spanEnds::text[]) AS batch (organization_id, agent_id, span, earliest, latest)
            ON CONFLICT (organization_id, agent_id, span) DO UPDATE
            SET earliest = least(event_span.earliest, excluded.earliest),
                latest = greatest(event_span.latest, excluded.latest)
            WHERE excluded.earliest < event_span.earliest OR excluded.latest > event_span.latest""";

    private final List<Row> rows;

    private final List<Span> spans;

    private record Row(AgentKey agent, Event event) {}

    private record Span(AgentKey agent, long number, Instant earliest, Instant latest) {
        static Span of(Row row) {
            Instant at = row.event().occurredAt();
            return new Span(row.agent(), row.event().seq() / PostgresEventStore.SPAN, at, at);
        }

        boolean isOf(Row row) {
            return number == row.event().seq() / PostgresEventStore.SPAN && agent.equals(row.agent());
        }

        Span with(Instant at) {
            return new Span(agent, number, at.isBefore(earliest) ? at : earliest, at.isAfter(latest) ? at : latest);
        }
    }

    NewEvents(List<AgentHead> heads) {
        rows = heads.stream()
                .flatMap(head -> head.events().stream().map(event -> new Row(head.agent(), event)))
                .toList();
        spans = spans(rows);
    }

    /** One for each span of an agent: the rows come agent by agent, in the order of {@code seq}. */
    private static List<Span> spans(List<Row> rows) {
        List<Span> spans = new ArrayList<>();
        for (Row row : rows) {
            if (!spans.isEmpty() && spans.getLast().isOf(row)) {
                spans.add(spans.removeLast().with(row.event().occurredAt()));
            } else {
                spans.add(Span.of(row));
            }
        }
        return spans;
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
        Columns.of(update, spans)
                .uuids("spanOrganizations", span -> span.agent().organization().value())
                .uuids("spanAgents", span -> span.agent().agent().value())
                .numbers("spans", Span::number)
                .times("spanStarts", Span::earliest)
                .times("spanEnds", Span::latest);
    }
}

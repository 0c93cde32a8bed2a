package xyz.graphyn.adapter.postgres.append;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.audit.AuditRows;
import xyz.graphyn.adapter.postgres.event.PostgresEventStore;
import xyz.graphyn.adapter.postgres.transaction.TenantSql;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.EventBatch.NewEvent;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.event.EventId;

/** Recording a batch of events: lock, find what is known, number what is new, write. Four trips, the commit included. */
final class EventAppend {
    /** All that a batch writes, in one trip. */
    private static final String WRITE = """
            INSERT INTO event (organization_id, agent_id, event_id, seq, occurred_at, received_at, type, session_id,
                external_id, payload)
            SELECT :organization, :agent, event_id, seq, occurred_at::timestamptz, :receivedAt, type, session_id,
                external_id, payload::json
            FROM unnest(:ids::uuid[], :seqs::bigint[], :times::text[], :types::text[], :sessions::text[],
                :externalIds::text[], :payloads::text[])
                AS batch (event_id, seq, occurred_at, type, session_id, external_id, payload);

            INSERT INTO event_span (organization_id, agent_id, span, earliest, latest)
            SELECT :organization, :agent, seq / %1$d, min(occurred_at::timestamptz), max(occurred_at::timestamptz)
            FROM unnest(:seqs::bigint[], :times::text[]) AS batch (seq, occurred_at)
            GROUP BY seq / %1$d
            ON CONFLICT (organization_id, agent_id, span) DO UPDATE
            SET earliest = least(event_span.earliest, excluded.earliest),
                latest = greatest(event_span.latest, excluded.latest)
            WHERE excluded.earliest < event_span.earliest OR excluded.latest > event_span.latest;

            UPDATE agent_head SET event_seq = :head WHERE organization_id = :organization AND agent_id = :agent;

            %2$s""".formatted(PostgresEventStore.SPAN, AuditRows.INSERT);

    private EventAppend() {}

    static List<RecordedEvent> record(TenantSql sql, EventBatch batch) {
        long head = AgentHead.lock(sql, batch.agent());
        Numbering numbering = new Numbering(head, known(sql, batch));
        List<RecordedEvent> outcome =
                batch.events().stream().map(numbering::number).toList();
        if (!numbering.created.isEmpty()) {
            write(sql, batch, numbering, outcome);
        }
        return outcome;
    }

    /**
     * A statement after the one that locked: in READ COMMITTED it sees all that was committed before we held the head. LIMIT
     * makes it one look-up for each id, however many there are, where the planner might read all that the agent has.
     */
    private static Map<String, RecordedEvent> known(TenantSql sql, EventBatch batch) {
        List<String> externalIds = batch.events().stream()
                .map(event -> event.draft().externalId())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Map<String, RecordedEvent> known = new HashMap<>();
        if (externalIds.isEmpty()) {
            return known;
        }
        AgentHead.named(sql.query("""
                                SELECT known.* FROM unnest(:externalIds::text[]) AS wanted (external_id) CROSS JOIN LATERAL (
                                    SELECT event_id, seq, external_id FROM event
                                    WHERE organization_id = :organization AND agent_id = :agent
                                      AND external_id = wanted.external_id
                                    LIMIT 1) known"""), batch.agent())
                .bindArray("externalIds", String.class, externalIds)
                .map((row, context) -> new RecordedEvent(
                        new EventId(row.getObject("event_id", UUID.class)),
                        row.getLong("seq"),
                        row.getString("external_id"),
                        false))
                .forEach(event -> known.put(Objects.requireNonNull(event.externalId()), event));
        return known;
    }

    private static void write(TenantSql sql, EventBatch batch, Numbering numbering, List<RecordedEvent> outcome) {
        List<NewEvent> created = numbering.created;
        Update update = AuditRows.bind(
                        AgentHead.named(sql.update(WRITE), batch.agent()),
                        batch.audit().apply(outcome))
                .bind("receivedAt", batch.receivedAt())
                .bind("head", numbering.head)
                .bindArray(
                        "ids",
                        UUID.class,
                        created.stream().map(event -> event.id().value()).toList())
                .bindArray("seqs", Long.class, numbering.seqs);
        column(update, "times", created, draft -> time(draft, batch.receivedAt()));
        column(update, "types", created, EventDraft::type);
        column(update, "sessions", created, EventDraft::sessionId);
        column(update, "externalIds", created, EventDraft::externalId);
        column(update, "payloads", created, draft -> draft.payload().text());
        update.execute();
    }

    private static void column(
            Update update, String name, List<NewEvent> events, Function<EventDraft, @Nullable String> value) {
        update.bindArray(
                name,
                String.class,
                events.stream().map(NewEvent::draft).map(value).toList());
    }

    private static String time(EventDraft draft, Instant receivedAt) {
        Instant occurredAt = draft.occurredAt();
        return (occurredAt == null ? receivedAt : occurredAt).toString();
    }

    /** Gives the next numbers to what is new, in the order of the batch. */
    private static final class Numbering {
        private final Map<String, RecordedEvent> known;
        private final List<NewEvent> created = new ArrayList<>();
        private final List<Long> seqs = new ArrayList<>();
        private long head;

        Numbering(long head, Map<String, RecordedEvent> known) {
            this.head = head;
            this.known = known;
        }

        RecordedEvent number(NewEvent event) {
            @Nullable String externalId = event.draft().externalId();
            RecordedEvent first = externalId == null ? null : known.get(externalId);
            if (first != null) {
                return first;
            }
            head++;
            seqs.add(head);
            created.add(event);
            if (externalId != null) {
                known.put(externalId, new RecordedEvent(event.id(), head, externalId, false));
            }
            return new RecordedEvent(event.id(), head, externalId, true);
        }
    }
}

package xyz.graphyn.adapter.http.event;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.agent.AgentRoutes;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.validation.Checks;
import xyz.graphyn.domain.validation.Invalid;

/** Events as clients write and read them. */
final class EventJson {
    static final String NEW_EVENT = """
            {"type":"message","payload":{"role":"user","name":"Ada","content":"Book me a train to Turin."},\
            "occurredAt":"2026-05-04T09:59:58Z","sessionId":"chat-17","externalId":"msg-1"}""";

    static final String NEW_EVENTS = "{\"events\":[" + NEW_EVENT + "]}";

    private EventJson() {}

    record NewEvent(
            String type,
            Json payload,
            @Nullable Instant occurredAt,
            @Nullable String sessionId,
            @Nullable String externalId) {
        EventDraft draft() {
            return new EventDraft(type, payload, occurredAt, sessionId, externalId);
        }
    }

    record NewEvents(List<NewEvent> events) {
        /** @throws Invalid with the mistakes of all events */
        List<EventDraft> drafts() {
            List<EventDraft> drafts = new ArrayList<>(events.size());
            Checks checks = new Checks();
            for (int i = 0; i < events.size(); i++) {
                try {
                    drafts.add(events.get(i).draft());
                } catch (Invalid invalid) {
                    checks.addAll("/events/" + i, invalid);
                }
            }
            checks.orThrow();
            return drafts;
        }
    }

    record Event(
            UUID id,
            long seq,
            UUID agentId,
            String type,
            @Nullable String sessionId,
            @Nullable String externalId,
            Json payload,
            Instant occurredAt,
            Instant receivedAt) {
        static final Event EXAMPLE = new Event(
                EventRoutes.EVENT_ID.example(),
                42,
                AgentRoutes.AGENT_ID.example(),
                "message",
                "chat-17",
                "msg-1",
                new Json("{\"role\":\"user\",\"name\":\"Ada\",\"content\":\"Book me a train to Turin.\"}"),
                Instant.parse("2026-05-04T09:59:58Z"),
                Instant.parse("2026-05-04T10:00:00.123456Z"));

        static Event of(xyz.graphyn.domain.event.Event event) {
            return new Event(
                    event.id().value(),
                    event.seq(),
                    event.agent().value(),
                    event.type(),
                    event.sessionId(),
                    event.externalId(),
                    event.payload(),
                    event.occurredAt(),
                    event.receivedAt());
        }
    }

    record EventList(List<Event> items, @Nullable String nextCursor) {
        static final EventList EXAMPLE = new EventList(List.of(Event.EXAMPLE), null);
    }

    record RecordedEvent(UUID id, long seq, @Nullable String externalId, boolean created) {
        static RecordedEvent of(xyz.graphyn.application.append.RecordedEvent event) {
            return new RecordedEvent(event.id().value(), event.seq(), event.externalId(), event.created());
        }
    }

    /** One for each event of the batch, in its order. */
    record RecordedEvents(List<RecordedEvent> items) {
        static final RecordedEvents EXAMPLE =
                new RecordedEvents(List.of(new RecordedEvent(EventRoutes.EVENT_ID.example(), 42, "msg-1", true)));
    }
}

package xyz.graphyn.adapter.http.event;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.agent.AgentRoutes;
import xyz.graphyn.adapter.http.json.JsonWriter;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.application.stream.MaskedRun;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.validation.Checks;

/** Events as clients write and read them. */
public final class EventJson {
    static final String NEW_EVENT = """
            {"type":"message","payload":{"role":"user","name":"Ada","content":"Book me a train to Turin."},\
            "occurredAt":"2026-05-04T09:59:58Z","sessionId":"chat-17","externalId":"msg-1"}""";

    static final String NEW_EVENTS = "{\"events\":[" + NEW_EVENT + "]}";

    private EventJson() {}

    /** The events of a run, each as clients read it; written once, however often it is asked for. */
    public static List<byte[]> of(MaskedRun run) {
        return run.once(
                EventJson.class,
                events -> events.events().stream()
                        .map(event -> JsonWriter.write(Event.of(event)))
                        .toList());
    }

    @Schema(description = "An event to be recorded.")
    record NewEvent(
            @Schema(
                    description = "What kind of thing happened, such as `message` or `tool.called`.",
                    minLength = 1,
                    maxLength = Checks.MAX_TYPE_NAME,
                    pattern = "^" + Checks.TYPE_NAME_PATTERN + "$")
            String type,

            @Schema(
                    description = "An object of your own, of at most " + EventDraft.MAX_PAYLOAD
                            + " characters; kept character for character.")
            Json payload,

            @Schema(description = "When it happened; the time of its arrival, unless it is given.") @Nullable Instant occurredAt,

            @Schema(
                    description = "The run or conversation that it belongs to.",
                    minLength = 1,
                    maxLength = Checks.MAX_IDENTIFIER)
            @Nullable String sessionId,

            @Schema(
                    description = "Your own id for it: an agent never has two events with the same.",
                    minLength = 1,
                    maxLength = Checks.MAX_IDENTIFIER)
            @Nullable String externalId) {
        EventDraft draft() {
            return new EventDraft(type, payload, occurredAt, sessionId, externalId);
        }
    }

    @Schema(description = "Events to be recorded, all or none.")
    record NewEvents(
            @ArraySchema(minItems = 1, maxItems = EventDraft.MAX_BATCH)
            List<NewEvent> events) {}

    @Schema(description = "One immutable thing that happened to an agent.")
    public record Event(
            UUID id,

            @Schema(
                    description =
                            "Its number among the agent's events: from 1, without a gap, in the order of recording.")
            long seq,

            UUID agentId,
            String type,
            @Nullable String sessionId,
            @Nullable String externalId,

            @Schema(description = "As it was sent, character for character.")
            Json payload,

            @Schema(description = "When it happened.") Instant occurredAt,

            @Schema(description = "When it arrived.") Instant receivedAt) {
        public static final Event EXAMPLE = new Event(
                EventRoutes.EVENT_ID.example(),
                42,
                AgentRoutes.AGENT_ID.example(),
                "message",
                "chat-17",
                "msg-1",
                new Json("{\"role\":\"user\",\"name\":\"Ada\",\"content\":\"Book me a train to Turin.\"}"),
                Instant.parse("2026-05-04T09:59:58Z"),
                Instant.parse("2026-05-04T10:00:00.123456Z"));

        public static Event of(Masked<xyz.graphyn.domain.event.Event> event) {
            return of(event.value());
        }

        private static Event of(xyz.graphyn.domain.event.Event event) {
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

    @Schema(description = "A page of events.")
    record EventList(
            List<Event> items,

            @Schema(description = "The `cursor` of the next page; null after the last.") @Nullable String nextCursor) {
        static final EventList EXAMPLE = new EventList(List.of(Event.EXAMPLE), null);

        static EventList of(Masked<Page<xyz.graphyn.domain.event.Event>> page, @Nullable String nextCursor) {
            return new EventList(
                    page.value().items().stream().map(event -> Event.of(event)).toList(), nextCursor);
        }
    }

    @Schema(description = "What became of one event.")
    record RecordedEvent(
            UUID id,
            long seq,
            @Nullable String externalId,

            @Schema(
                    description =
                            "False if the agent had this `externalId` already: `id` and `seq` are the first event's.")
            boolean created) {
        static RecordedEvent of(xyz.graphyn.application.append.RecordedEvent event) {
            return new RecordedEvent(event.id().value(), event.seq(), event.externalId(), event.created());
        }
    }

    /** One for each event of the batch, in its order. */
    @Schema(description = "What became of the events: one item for each, in their order.")
    record RecordedEvents(List<RecordedEvent> items) {
        static final RecordedEvents EXAMPLE =
                new RecordedEvents(List.of(new RecordedEvent(EventRoutes.EVENT_ID.example(), 42, "msg-1", true)));

        static RecordedEvents of(Masked<List<xyz.graphyn.application.append.RecordedEvent>> recorded) {
            return new RecordedEvents(
                    recorded.value().stream().map(RecordedEvent::of).toList());
        }
    }
}

package xyz.graphyn.adapter.http.event;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import xyz.graphyn.adapter.http.agent.AgentRoutes;
import xyz.graphyn.adapter.http.endpoint.Answer;
import xyz.graphyn.adapter.http.endpoint.BodySize;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.JsonBody;
import xyz.graphyn.adapter.http.endpoint.PathId;
import xyz.graphyn.adapter.http.endpoint.Permission;
import xyz.graphyn.adapter.http.endpoint.QueryParameter;
import xyz.graphyn.adapter.http.endpoint.Reply;
import xyz.graphyn.adapter.http.endpoint.Request;
import xyz.graphyn.adapter.http.json.JsonItems;
import xyz.graphyn.adapter.http.paging.Pagination;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.event.EventQueries;
import xyz.graphyn.application.event.EventQuery;
import xyz.graphyn.application.event.EventQuery.Order;
import xyz.graphyn.application.event.RecordEvents;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.validation.Checks;

/** {@code /agents/{agentId}/events}. */
public final class EventRoutes {
    static final PathId EVENT_ID =
            new PathId("eventId", "event", "The event.", UUID.fromString("0197a1d2-5b6c-7d8e-9f01-a2b3c4d5e6f7"));

    private static final String TAG = "Events";
    private static final QueryParameter<Set<String>> TYPE = QueryParameter.texts(
            "type",
            Checks.MAX_TYPE_NAME,
            EventQuery.MAX_TYPES,
            "Only events of this type. May be given several times, for any of several types.",
            "message");
    private static final QueryParameter<Optional<String>> SESSION =
            QueryParameter.text("sessionId", Checks.MAX_IDENTIFIER, "Only events of this session.", "chat-17");
    private static final QueryParameter<Optional<Instant>> FROM =
            QueryParameter.time("from", "Only events that occurred at this time or later.", "2026-05-04T00:00:00Z");
    private static final QueryParameter<Optional<Instant>> TO =
            QueryParameter.time("to", "Only events that occurred before this time.", "2026-05-05T00:00:00Z");
    private static final QueryParameter<Long> AFTER = QueryParameter.longInteger(
            "after",
            0,
            QueryParameter.MAX_EXACT,
            0,
            "Only events whose `seq` is above this one, in either order.",
            "41");
    private static final QueryParameter<Order> ORDER = QueryParameter.oneOf(
            "order", Order.DESCENDING, EventRoutes::word, "By `seq`: newest first, or oldest first.");
    private static final JsonBody<EventJson.NewEvent> NEW_EVENT =
            JsonBody.of(EventJson.NewEvent.class, BodySize.SINGLE, EventJson.NEW_EVENT);
    private static final JsonBody<List<EventDraft>> NEW_EVENTS = JsonBody.list(
                    EventJson.NewEvents.class,
                    new JsonItems<>(
                            "events",
                            EventJson.NewEvent.class,
                            EventJson.NewEvent::draft,
                            EventDraft.MAX_BATCH,
                            BodySize.BATCH.maxKeys()),
                    EventJson.NEW_EVENTS)
            .orLines();

    private final EventQueries queries;
    private final RecordEvents recordEvents;

    public EventRoutes(EventQueries queries, RecordEvents recordEvents) {
        this.queries = queries;
        this.recordEvents = recordEvents;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/agents/{agentId}/events", "recordEvent")
                        .permission(Permission.onAgent(AgentPermission.WRITE))
                        .documented(
                                TAG,
                                "Record an event",
                                "The event is durable when it is answered. Its `seq` is the next one of the agent, without"
                                        + " a gap. Sending an `externalId` again records nothing and answers with the"
                                        + " first event. The payload is kept character for character.")
                        .reply(Reply.created("The event.", EventJson.Event.EXAMPLE)
                                .masked())
                        .reply(Reply.json(
                                        200,
                                        "The agent had this `externalId` already: the first event.",
                                        EventJson.Event.EXAMPLE)
                                .masked())
                        .ids(AgentRoutes.AGENT_ID)
                        .body(NEW_EVENT)
                        .handledBy(this::record),
                Endpoint.post("/agents/{agentId}/events/batch", "recordEvents")
                        .permission(Permission.onAgent(AgentPermission.WRITE))
                        .documented(
                                TAG,
                                "Record up to 1,000 events",
                                "All or nothing, in their order. The answer has one item for each event; `created` is"
                                        + " false where the agent had the `externalId` already. Events may also be sent as"
                                        + " `application/x-ndjson`, one on each line.")
                        .reply(Reply.json(201, "What became of each event.", EventJson.RecordedEvents.EXAMPLE)
                                .masked())
                        .reply(Reply.json(200, "The agent had all of them already.", EventJson.RecordedEvents.EXAMPLE)
                                .masked())
                        .ids(AgentRoutes.AGENT_ID)
                        .body(NEW_EVENTS)
                        .handledBy(this::recordAll),
                Endpoint.get("/agents/{agentId}/events", "listEvents")
                        .permission(Permission.onAgent(AgentPermission.READ))
                        .documented(TAG, "List events", "By `seq`. Every filter that is given must hold.")
                        .reply(Reply.json(200, "A page of events.", EventJson.EventList.EXAMPLE)
                                .masked())
                        .ids(AgentRoutes.AGENT_ID)
                        .query(TYPE, SESSION, FROM, TO, AFTER, ORDER)
                        .paged()
                        .handledBy(this::list),
                Endpoint.get("/agents/{agentId}/events/{eventId}", "getEvent")
                        .permission(Permission.onAgent(AgentPermission.READ))
                        .documented(TAG, "Get an event", "As it was recorded: events never change.")
                        .reply(Reply.json(200, "The event.", EventJson.Event.EXAMPLE)
                                .masked())
                        .ids(AgentRoutes.AGENT_ID, EVENT_ID)
                        .handledBy(this::get));
    }

    private Answer get(Request request) {
        Masked<Event> event =
                queries.get(request.caller(), AgentRoutes.agent(request), new EventId(request.id(EVENT_ID)));
        return Answer.json(200, EventJson.Event.of(event)).masking(event);
    }

    private Answer record(Request request, EventJson.NewEvent body) {
        RecordEvents.One one = recordEvents.record(request.caller(), AgentRoutes.agent(request), body.draft());
        EventJson.Event event = EventJson.Event.of(one.event());
        Answer answer = one.created()
                ? Answer.created("/agents/" + event.agentId() + "/events/" + event.id(), event)
                : Answer.json(200, event);
        return answer.masking(one.event());
    }

    private Answer recordAll(Request request, List<EventDraft> drafts) {
        Masked<List<RecordedEvent>> recorded =
                recordEvents.recordAll(request.caller(), AgentRoutes.agent(request), drafts);
        return Answer.json(
                        recorded.value().stream().anyMatch(RecordedEvent::created) ? 201 : 200,
                        EventJson.RecordedEvents.of(recorded))
                .masking(recorded);
    }

    private Answer list(Request request) {
        Pagination pagination = request.page();
        EventQuery query = new EventQuery(
                request.query(TYPE),
                request.query(SESSION).orElse(null),
                request.query(FROM).orElse(null),
                request.query(TO).orElse(null),
                request.query(AFTER),
                request.query(ORDER),
                pagination.position(Long::valueOf).orElse(null),
                pagination.limit(),
                null);
        Masked<Page<Event>> page = queries.list(request.caller(), AgentRoutes.agent(request), query);
        return Answer.json(
                        200,
                        EventJson.EventList.of(
                                page, pagination.next(page.value(), event -> Long.toString(event.seq()))))
                .masking(page);
    }

    private static String word(Order order) {
        return switch (order) {
            case ASCENDING -> "asc";
            case DESCENDING -> "desc";
        };
    }
}

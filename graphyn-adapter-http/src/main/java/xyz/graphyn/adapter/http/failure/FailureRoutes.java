package xyz.graphyn.adapter.http.failure;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import xyz.graphyn.adapter.http.agent.AgentRoutes;
import xyz.graphyn.adapter.http.endpoint.Answer;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.Permission;
import xyz.graphyn.adapter.http.endpoint.QueryParameter;
import xyz.graphyn.adapter.http.endpoint.Reply;
import xyz.graphyn.adapter.http.endpoint.Request;
import xyz.graphyn.adapter.http.paging.Pagination;
import xyz.graphyn.application.failure.Failure.Kind;
import xyz.graphyn.application.failure.FailureNote;
import xyz.graphyn.application.failure.FailureQueries;
import xyz.graphyn.application.failure.FailureQuery;
import xyz.graphyn.application.failure.FailureQuery.Position;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentId;

/** {@code /admin/failures}. */
public final class FailureRoutes {
    static final UUID EXAMPLE_ID = UUID.fromString("0197a1d2-7c8d-7e9f-a0b1-c2d3e4f5a6b7");

    private static final QueryParameter<Optional<Kind>> KIND =
            QueryParameter.anyOf("kind", Kind.class, FailureJson::word, "Only failures of this kind.");
    private static final QueryParameter<Optional<UUID>> AGENT = QueryParameter.uuid(
            "agentId", "Only failures of this agent; then none that concern all.", AgentRoutes.AGENT_ID.example());
    private static final QueryParameter<Optional<Instant>> FROM = QueryParameter.time(
            "from", "Only failures that were last noticed at this time or later.", "2026-05-04T00:00:00Z");
    private static final QueryParameter<Optional<Instant>> TO =
            QueryParameter.time("to", "Only failures that were last noticed before this time.", "2026-05-05T00:00:00Z");

    private final FailureQueries queries;

    public FailureRoutes(FailureQueries queries) {
        this.queries = queries;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.get("/admin/failures", "listFailures")
                .permission(Permission.admin())
                .documented(
                        "Administration",
                        "List failures of delivery",
                        "What went wrong between an event that was recorded and the clients who watch: clients that were"
                                + " too slow, holes that were filled, a Redis that went away. The newest first; those of"
                                + " the organization and those that concern the server as a whole. Equal ones within a"
                                + " second or so are one, with a `count`. Kept for 30 days, and of each organization the"
                                + " newest 10,000. No event is lost by any of these: clients resume after the last `seq`"
                                + " that they saw.")
                .reply(Reply.json(200, "A page of failures.", FailureJson.FailureList.EXAMPLE))
                .query(KIND, AGENT, FROM, TO)
                .paged()
                .handledBy(this::list));
    }

    private Answer list(Request request) {
        Pagination pagination = request.page();
        FailureQuery query = new FailureQuery(
                request.query(KIND).orElse(null),
                request.query(AGENT).map(AgentId::new).orElse(null),
                request.query(FROM).orElse(null),
                request.query(TO).orElse(null),
                pagination.position(FailureRoutes::position).orElse(null),
                pagination.limit());
        Page<FailureNote> page = queries.list(request.caller(), query);
        return Answer.json(
                200,
                new FailureJson.FailureList(
                        page.items().stream().map(FailureJson.Failure::of).toList(),
                        pagination.next(page, FailureRoutes::text)));
    }

    private static String text(FailureNote note) {
        return note.lastAt() + " " + note.id();
    }

    private static Position position(String text) {
        String[] parts = text.split(" ", 2);
        return new Position(Instant.parse(parts[0]), UUID.fromString(parts[1]));
    }
}

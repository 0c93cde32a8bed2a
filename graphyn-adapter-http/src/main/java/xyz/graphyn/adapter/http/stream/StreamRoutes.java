package xyz.graphyn.adapter.http.stream;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.agent.AgentRoutes;
import xyz.graphyn.adapter.http.endpoint.Answer;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.Permission;
import xyz.graphyn.adapter.http.endpoint.QueryParameter;
import xyz.graphyn.adapter.http.endpoint.Reply;
import xyz.graphyn.adapter.http.endpoint.Request;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.application.event.EventQuery;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.access.Principal;
import xyz.graphyn.domain.validation.Checks;

/** {@code /stream} and {@code /agents/{agentId}/events/stream}. */
public final class StreamRoutes {
    private static final String TAG = "Streams";
    private static final QueryParameter<Set<String>> TYPE = QueryParameter.texts(
            "type",
            Checks.MAX_TYPE_NAME,
            EventQuery.MAX_TYPES,
            "Only events of this type. May be given several times, for any of several types.",
            "message");
    private static final QueryParameter<Optional<Long>> AFTER = QueryParameter.optionalLong(
            "after",
            0,
            QueryParameter.MAX_EXACT,
            "Events whose `seq` is above this one; 0 for all. Left out, only those that are still to come.",
            "41");
    private static final QueryParameter<Optional<Long>> LAST_EVENT_ID = QueryParameter.optionalLong(
            "Last-Event-ID",
            0,
            QueryParameter.MAX_EXACT,
            "The `id` of the last block that was read, which counts before `after`.",
            "41");

    private final LiveClients clients;

    public StreamRoutes(LiveClients clients) {
        this.clients = clients;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/stream", "openStream")
                        .permission(Permission.signedIn())
                        .documented(TAG, "Watch many agents on a WebSocket", ProtocolText.WEB_SOCKET)
                        .reply(Reply.switching("The connection is a WebSocket from here on."))
                        .problems(ProblemType.UPGRADE_REQUIRED, ProblemType.TOO_MANY)
                        .upgradedBy(this::open),
                Endpoint.get("/agents/{agentId}/events/stream", "streamEvents")
                        .permission(Permission.onAgent(AgentPermission.READ))
                        .documented(TAG, "Watch an agent as server-sent events", ProtocolText.EVENT_STREAM)
                        .reply(Reply.document(
                                "Blocks, for as long as the token is good.",
                                "text/event-stream",
                                ProtocolText.blocks()))
                        .ids(AgentRoutes.AGENT_ID)
                        .query(TYPE, AFTER)
                        .headers(LAST_EVENT_ID)
                        .problems(ProblemType.AHEAD, ProblemType.TOO_MANY)
                        .ownOriginsOnly()
                        .handledBy(this::stream));
    }

    private FrameHandler open(@Nullable Principal principal, String requestId) {
        clients.checkOpen();
        if (principal != null) {
            clients.streams().connect(principal).close(); // refused before the change of protocol, where it can be
        }
        return new WebSocketClient(clients, principal, requestId);
    }

    private Answer stream(Request request) {
        Optional<Long> after = request.query(LAST_EVENT_ID).or(() -> request.query(AFTER));
        return Answer.streamed(
                        "text/event-stream",
                        EventStreamClient.open(
                                clients,
                                request.caller(),
                                AgentRoutes.agent(request),
                                after.orElse(null),
                                request.query(TYPE)))
                .with("X-Accel-Buffering", "no");
    }
}

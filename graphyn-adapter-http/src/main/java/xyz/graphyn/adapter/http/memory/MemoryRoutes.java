package xyz.graphyn.adapter.http.memory;

import java.util.List;
import java.util.OptionalLong;
import xyz.graphyn.adapter.http.agent.AgentRoutes;
import xyz.graphyn.adapter.http.endpoint.Answer;
import xyz.graphyn.adapter.http.endpoint.BodySize;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.JsonBody;
import xyz.graphyn.adapter.http.endpoint.Permission;
import xyz.graphyn.adapter.http.endpoint.Reply;
import xyz.graphyn.adapter.http.endpoint.Request;
import xyz.graphyn.adapter.http.paging.Pagination;
import xyz.graphyn.application.memory.MemoryQueries;
import xyz.graphyn.application.memory.RetrySetAside;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.memory.SetAside;
import xyz.graphyn.domain.validation.Invalid;

/** {@code /agents/{agentId}/memory}. */
public final class MemoryRoutes {
    private static final String TAG = "Memory";
    private static final JsonBody<MemoryJson.Retry> RETRY =
            JsonBody.of(MemoryJson.Retry.class, BodySize.SINGLE, MemoryJson.RETRY);

    private final MemoryQueries queries;
    private final RetrySetAside retries;

    public MemoryRoutes(MemoryQueries queries, RetrySetAside retries) {
        this.queries = queries;
        this.retries = retries;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/agents/{agentId}/memory", "getMemory")
                        .permission(Permission.onAgent(AgentPermission.READ))
                        .documented(
                                TAG,
                                "Get how far memory is",
                                "Events of type `message` become nodes in the order of `seq`, within moments of being"
                                        + " recorded: those up to `processedSeq` have.")
                        .reply(Reply.json(200, "How far memory is.", MemoryJson.Memory.EXAMPLE))
                        .ids(AgentRoutes.AGENT_ID)
                        .handledBy(request -> Answer.json(
                                200,
                                MemoryJson.Memory.of(queries.state(request.caller(), AgentRoutes.agent(request))))),
                Endpoint.get("/agents/{agentId}/memory/failures", "listMemoryFailures")
                        .permission(Permission.onAgent(AgentPermission.READ))
                        .documented(
                                TAG,
                                "List events that memory could not take in",
                                "By `seq`. Memory went past them; they don't stop those behind them.")
                        .reply(Reply.json(200, "A page of events.", MemoryJson.MemoryFailureList.EXAMPLE))
                        .ids(AgentRoutes.AGENT_ID)
                        .paged()
                        .handledBy(this::list),
                Endpoint.post("/agents/{agentId}/memory/failures/retry", "retryMemoryFailures")
                        .permission(Permission.onAgent(AgentPermission.WRITE))
                        .documented(
                                TAG,
                                "Try events again that memory could not take in",
                                "One, or all; of all, the first 1,000. Those that are taken in are failures no more;"
                                        + " trying one that is none changes nothing.")
                        .reply(Reply.json(200, "What became of them.", MemoryJson.Retried.EXAMPLE))
                        .ids(AgentRoutes.AGENT_ID)
                        .body(RETRY)
                        .handledBy(this::retry));
    }

    private Answer list(Request request) {
        Pagination pagination = request.page();
        Page<SetAside> page = queries.setAside(
                request.caller(),
                AgentRoutes.agent(request),
                pagination.position(Long::parseLong).orElse(0L),
                pagination.limit());
        return Answer.json(
                200,
                new MemoryJson.MemoryFailureList(
                        page.items().stream().map(MemoryJson.MemoryFailure::of).toList(),
                        pagination.next(page, event -> Long.toString(event.seq()))));
    }

    private Answer retry(Request request, MemoryJson.Retry body) {
        if (body.seq() != null && body.seq() < 1) {
            throw new Invalid("/seq", "out-of-range", "must be at least 1");
        }
        return Answer.json(
                200,
                MemoryJson.Retried.of(retries.retry(
                        request.caller(),
                        AgentRoutes.agent(request),
                        body.seq() == null ? OptionalLong.empty() : OptionalLong.of(body.seq()))));
    }
}

package xyz.graphyn.adapter.http.recall;

import java.util.List;
import xyz.graphyn.adapter.http.agent.AgentRoutes;
import xyz.graphyn.adapter.http.endpoint.Answer;
import xyz.graphyn.adapter.http.endpoint.BodySize;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.JsonBody;
import xyz.graphyn.adapter.http.endpoint.Permission;
import xyz.graphyn.adapter.http.endpoint.Reply;
import xyz.graphyn.adapter.http.endpoint.Request;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.recall.AssembleContext;
import xyz.graphyn.application.recall.SearchMemory;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.recall.Context;
import xyz.graphyn.domain.recall.FoundNode;

/** {@code /agents/{agentId}/search} and {@code /agents/{agentId}/context}. */
public final class RecallRoutes {
    private static final String TAG = "Memory";
    private static final JsonBody<RecallJson.MemorySearch> SEARCH =
            JsonBody.of(RecallJson.MemorySearch.class, BodySize.SINGLE, RecallJson.SEARCH);
    private static final JsonBody<RecallJson.NewContext> CONTEXT =
            JsonBody.of(RecallJson.NewContext.class, BodySize.SINGLE, RecallJson.CONTEXT);

    private final SearchMemory search;
    private final AssembleContext contexts;

    public RecallRoutes(SearchMemory search, AssembleContext contexts) {
        this.search = search;
        this.contexts = contexts;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post("/agents/{agentId}/search", "searchMemory")
                        .permission(Permission.onAgent(AgentPermission.READ))
                        .documented(
                                TAG,
                                "Search memory",
                                "The nodes that answer a question, best first, and why. Who sees less than all of it"
                                        + " searches what they see: a hidden value is not found. What was written with"
                                        + " an answer is found at once; events when memory has taken them in, for which"
                                        + " `minSeq` waits up to 2 s.")
                        .reply(Reply.json(200, "What was found.", RecallJson.FoundNodes.EXAMPLE)
                                .masked())
                        .problems(ProblemType.AHEAD)
                        .ids(AgentRoutes.AGENT_ID)
                        .body(SEARCH)
                        .handledBy(this::search),
                Endpoint.post("/agents/{agentId}/context", "assembleContext")
                        .permission(Permission.onAgent(AgentPermission.READ))
                        .documented(
                                TAG,
                                "Assemble a context",
                                "The part of memory that a prompt needs, as text of at most `tokenBudget` tokens, and"
                                        + " what it saves. The same memory and question give the same text. Of a long"
                                        + " content it may have the parts that matter; `…` stands where something was"
                                        + " left out.")
                        .reply(Reply.json(200, "The context.", RecallJson.MemoryContext.EXAMPLE)
                                .masked())
                        .problems(ProblemType.AHEAD)
                        .ids(AgentRoutes.AGENT_ID)
                        .body(CONTEXT)
                        .handledBy(this::assemble));
    }

    private Answer search(Request request, RecallJson.MemorySearch body) {
        Masked<List<FoundNode>> found = search.search(request.caller(), AgentRoutes.agent(request), body.request());
        return Answer.json(200, RecallJson.FoundNodes.of(found)).masking(found);
    }

    private Answer assemble(Request request, RecallJson.NewContext body) {
        Masked<Context> context = contexts.assemble(request.caller(), AgentRoutes.agent(request), body.request());
        return Answer.json(200, RecallJson.MemoryContext.of(context)).masking(context);
    }
}

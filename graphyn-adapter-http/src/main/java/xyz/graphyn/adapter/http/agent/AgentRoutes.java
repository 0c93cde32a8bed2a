package xyz.graphyn.adapter.http.agent;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import xyz.graphyn.adapter.http.endpoint.Answer;
import xyz.graphyn.adapter.http.endpoint.BodySize;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.JsonBody;
import xyz.graphyn.adapter.http.endpoint.PathId;
import xyz.graphyn.adapter.http.endpoint.Permission;
import xyz.graphyn.adapter.http.endpoint.QueryParameter;
import xyz.graphyn.adapter.http.endpoint.Reply;
import xyz.graphyn.adapter.http.endpoint.Request;
import xyz.graphyn.adapter.http.paging.Pagination;
import xyz.graphyn.application.agent.AgentQueries;
import xyz.graphyn.application.agent.AgentQuery;
import xyz.graphyn.application.agent.ManageAgents;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentProfile;

/** {@code /agents} and {@code /agents/{agentId}}. */
public final class AgentRoutes {
    /** The agent that everything of an agent's hangs on. */
    public static final PathId AGENT_ID =
            new PathId("agentId", "agent", "The agent.", UUID.fromString("0197a1d2-4e5f-7a6b-8c7d-9e0f1a2b3c4d"));

    private static final String TAG = "Agents";
    private static final QueryParameter<Optional<String>> NAME = QueryParameter.text(
            "q",
            AgentProfile.MAX_NAME,
            "Only agents whose name contains this, in any case; taken literally.",
            "planner");
    private static final JsonBody<AgentJson.NewAgent> NEW_AGENT =
            JsonBody.of(AgentJson.NewAgent.class, BodySize.SMALL, AgentJson.NEW_AGENT);
    private static final JsonBody<AgentJson.AgentPatch> AGENT_PATCH =
            JsonBody.mergePatch(AgentJson.AgentPatch.class, BodySize.SMALL, AgentJson.AGENT_PATCH);

    private final AgentQueries queries;
    private final ManageAgents agents;

    public AgentRoutes(AgentQueries queries, ManageAgents agents) {
        this.queries = queries;
        this.agents = agents;
    }

    public static AgentId agent(Request request) {
        return new AgentId(request.id(AGENT_ID));
    }

    public List<Endpoint> endpoints() {
        Endpoint fetch = Endpoint.get("/agents/{agentId}", "getAgent")
                .permission(Permission.onAgent(AgentPermission.EXISTENCE))
                .documented(TAG, "Get an agent", "An auditor gets its name and times, and nothing else of it.")
                .reply(Reply.json(200, "The agent.", AgentJson.Agent.EXAMPLE).masked())
                .ids(AGENT_ID)
                .handledBy(request -> answer(queries.get(request.caller(), agent(request))));
        return List.of(
                Endpoint.get("/agents", "listAgents")
                        .permission(Permission.signedIn())
                        .documented(
                                TAG,
                                "List agents",
                                "The agents of your organization that you may see, newest first. An auditor gets each"
                                        + " agent's name and times, and nothing else of it.")
                        .reply(Reply.json(200, "A page of agents.", AgentJson.AgentList.EXAMPLE)
                                .masked())
                        .query(NAME)
                        .paged()
                        .handledBy(this::list),
                Endpoint.post("/agents", "createAgent")
                        .permission(Permission.createAgents())
                        .documented(TAG, "Create an agent", "The one who creates an agent manages it.")
                        .reply(Reply.created("The agent.", AgentJson.Agent.EXAMPLE)
                                .masked())
                        .idempotent(fetch)
                        .body(NEW_AGENT)
                        .handledBy(this::create),
                fetch,
                Endpoint.patch("/agents/{agentId}", "changeAgent")
                        .permission(Permission.onAgent(AgentPermission.MANAGE))
                        .documented(
                                TAG,
                                "Change an agent",
                                "A merge patch (RFC 7396): what is absent stays, what is null goes, `metadata` is"
                                        + " merged member by member.")
                        .reply(Reply.json(200, "The agent as it is now.", AgentJson.Agent.EXAMPLE)
                                .masked())
                        .ids(AGENT_ID)
                        .body(AGENT_PATCH)
                        .handledBy((request, patch) ->
                                answer(agents.change(request.caller(), agent(request), patch::applyTo))),
                Endpoint.delete("/agents/{agentId}", "removeAgent")
                        .permission(Permission.onAgent(AgentPermission.MANAGE))
                        .documented(
                                TAG,
                                "Remove an agent",
                                "With all that is its own: events and memory. It can't be brought back. The audit trail"
                                        + " stays.")
                        .reply(Reply.noContent("The agent is gone."))
                        .ids(AGENT_ID)
                        .handledBy(this::remove));
    }

    private Answer list(Request request) {
        Pagination pagination = request.page();
        AgentId after =
                pagination.position(text -> new AgentId(UUID.fromString(text))).orElse(null);
        Masked<Page<Agent>> page = queries.list(
                request.caller(), new AgentQuery(request.query(NAME).orElse(null), after, pagination.limit(), null));
        return Answer.json(
                        200,
                        AgentJson.AgentList.of(
                                page,
                                pagination.next(
                                        page.value(), agent -> agent.id().toString())))
                .masking(page);
    }

    private Answer create(Request request, AgentJson.NewAgent body) {
        Masked<Agent> agent = agents.create(request.caller(), body.profile());
        return Answer.created("/agents/" + agent.value().id(), AgentJson.Agent.of(agent))
                .masking(agent);
    }

    private Answer remove(Request request) {
        agents.remove(request.caller(), agent(request));
        return Answer.noContent();
    }

    private static Answer answer(Masked<Agent> agent) {
        return Answer.json(200, AgentJson.Agent.of(agent)).masking(agent);
    }
}

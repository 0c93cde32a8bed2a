package xyz.graphyn.adapter.http.memory;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
import xyz.graphyn.adapter.http.paging.Pagination;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.memory.AroundQuery;
import xyz.graphyn.application.memory.AroundQuery.Direction;
import xyz.graphyn.application.memory.EdgeQueries;
import xyz.graphyn.application.memory.EdgeQuery;
import xyz.graphyn.application.memory.ManageEdges;
import xyz.graphyn.application.memory.Neighbourhood;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.validation.Checks;

/** {@code /agents/{agentId}/edges}, and what surrounds a node. */
public final class EdgeRoutes {
    static final PathId EDGE_ID =
            new PathId("edgeId", "edge", "The edge.", UUID.fromString("0197a1d2-6c7d-7e8f-8a9b-0c1d2e3f4a5d"));

    /** Each is one more look-up in what is read; more than anybody names. */
    private static final int MAX_RELATIONS = 20;

    private static final String TAG = "Memory";
    private static final QueryParameter<Optional<UUID>> FROM =
            QueryParameter.uuid("from", "Only edges from this node.", NodeRoutes.NODE_ID.example());
    private static final QueryParameter<Optional<UUID>> TO =
            QueryParameter.uuid("to", "Only edges to this node.", EdgeJson.OTHER_NODE);
    private static final QueryParameter<Optional<String>> RELATION =
            QueryParameter.text("relation", Checks.MAX_TYPE_NAME, "Only edges of this relation.", "lives_in");
    private static final QueryParameter<Optional<Instant>> AS_OF = QueryParameter.time(
            "asOf",
            "Only edges that held at this time: from `validFrom` on, and before `validTo`.",
            "2026-05-04T00:00:00Z");
    private static final QueryParameter<Integer> DEPTH =
            QueryParameter.integer("depth", 1, EdgeQueries.MAX_DEPTH, 1, "How many edges away a node may be.", "2");
    private static final QueryParameter<Set<String>> RELATIONS = QueryParameter.texts(
            "relation",
            Checks.MAX_TYPE_NAME,
            MAX_RELATIONS,
            "Only along edges of these relations; may be given more than once.",
            "lives_in");
    private static final QueryParameter<Direction> DIRECTION = QueryParameter.oneOf(
            "direction",
            Direction.BOTH,
            direction -> direction.name().toLowerCase(Locale.ROOT),
            "Which way edges are followed: as they lead, against that, or either way.");
    private static final QueryParameter<Integer> LIMIT = QueryParameter.integer(
            "limit", 1, Page.MAX_LIMIT, Page.DEFAULT_LIMIT, "How many nodes the answer may hold.", "20");
    private static final JsonBody<EdgeJson.NewEdge> NEW_EDGE =
            JsonBody.of(EdgeJson.NewEdge.class, BodySize.SINGLE, EdgeJson.NEW_EDGE);
    private static final JsonBody<EdgeJson.EdgePatch> EDGE_PATCH =
            JsonBody.mergePatch(EdgeJson.EdgePatch.class, BodySize.SINGLE, EdgeJson.EDGE_PATCH);

    private final EdgeQueries queries;
    private final ManageEdges edges;

    public EdgeRoutes(EdgeQueries queries, ManageEdges edges) {
        this.queries = queries;
        this.edges = edges;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/agents/{agentId}/edges", "listEdges")
                        .permission(Permission.onAgent(AgentPermission.READ))
                        .documented(TAG, "List edges", "Newest first. Every filter that is given must hold.")
                        .reply(Reply.json(200, "A page of edges.", EdgeJson.EdgeList.EXAMPLE)
                                .masked())
                        .ids(AgentRoutes.AGENT_ID)
                        .query(FROM, TO, RELATION, AS_OF)
                        .paged()
                        .handledBy(this::list),
                Endpoint.post("/agents/{agentId}/edges", "addEdge")
                        .permission(Permission.onAgent(AgentPermission.WRITE))
                        .documented(
                                TAG,
                                "Add an edge",
                                "Both nodes must be the agent's. Telling the same `from`, `relation`, `to` and"
                                        + " `validFrom` again adds nothing and answers with the first edge; one that"
                                        + " memory had found by itself counts as told from then on.")
                        .reply(Reply.created("The edge.", EdgeJson.Edge.EXAMPLE).masked())
                        .reply(Reply.json(200, "The agent had this edge already: the first.", EdgeJson.Edge.EXAMPLE)
                                .masked())
                        .ids(AgentRoutes.AGENT_ID)
                        .body(NEW_EDGE)
                        .handledBy(this::add),
                Endpoint.get("/agents/{agentId}/edges/{edgeId}", "getEdge")
                        .permission(Permission.onAgent(AgentPermission.READ))
                        .documented(TAG, "Get an edge", "As it is now.")
                        .reply(Reply.json(200, "The edge.", EdgeJson.Edge.EXAMPLE)
                                .masked())
                        .ids(AgentRoutes.AGENT_ID, EDGE_ID)
                        .handledBy(request ->
                                answer(queries.get(request.caller(), AgentRoutes.agent(request), edge(request)))),
                Endpoint.patch("/agents/{agentId}/edges/{edgeId}", "changeEdge")
                        .permission(Permission.onAgent(AgentPermission.WRITE))
                        .documented(
                                TAG,
                                "Change an edge",
                                "A merge patch (RFC 7396) of `properties`, `validFrom` and `validTo`: what is absent"
                                        + " stays, what is null goes. A fact that stopped being true is closed by"
                                        + " `validTo`. What memory had found by itself counts as told from then on.")
                        .reply(Reply.json(200, "The edge as it is now.", EdgeJson.Edge.EXAMPLE)
                                .masked())
                        .problems(ProblemType.CONFLICT)
                        .ids(AgentRoutes.AGENT_ID, EDGE_ID)
                        .body(EDGE_PATCH)
                        .handledBy((request, patch) -> answer(edges.change(
                                request.caller(), AgentRoutes.agent(request), edge(request), patch::applyTo))),
                Endpoint.delete("/agents/{agentId}/edges/{edgeId}", "removeEdge")
                        .permission(Permission.onAgent(AgentPermission.WRITE))
                        .documented(TAG, "Remove an edge", "For what was never true; what is no longer, is closed.")
                        .reply(Reply.noContent("The edge is gone."))
                        .ids(AgentRoutes.AGENT_ID, EDGE_ID)
                        .handledBy(this::remove),
                Endpoint.get("/agents/{agentId}/nodes/{nodeId}/neighbors", "listNeighbors")
                        .permission(Permission.onAgent(AgentPermission.READ))
                        .documented(
                                TAG,
                                "Get what surrounds a node",
                                "Breadth first along its edges. Each node is there once, however many ways lead to it."
                                        + " `truncated` tells that a limit was met: of nodes, of edges, or of the edges"
                                        + " that are looked at around one node.")
                        .reply(Reply.json(200, "The nodes, and the edges between them.", EdgeJson.Neighborhood.EXAMPLE)
                                .masked())
                        .ids(AgentRoutes.AGENT_ID, NodeRoutes.NODE_ID)
                        .query(DEPTH, RELATIONS, DIRECTION, AS_OF, LIMIT)
                        .handledBy(this::neighbors));
    }

    private Answer list(Request request) {
        Pagination pagination = request.page();
        EdgeQuery query = new EdgeQuery(
                request.query(FROM).map(NodeId::new).orElse(null),
                request.query(TO).map(NodeId::new).orElse(null),
                request.query(RELATION).orElse(null),
                request.query(AS_OF).orElse(null),
                pagination
                        .position(position -> new EdgeId(UUID.fromString(position)))
                        .orElse(null),
                pagination.limit(),
                null);
        Masked<Page<Edge>> page = queries.list(request.caller(), AgentRoutes.agent(request), query);
        return Answer.json(
                        200,
                        EdgeJson.EdgeList.of(
                                page,
                                pagination.next(page.value(), edge -> edge.id().toString())))
                .masking(page);
    }

    private Answer add(Request request, EdgeJson.NewEdge body) {
        ManageEdges.One one = edges.add(request.caller(), AgentRoutes.agent(request), body.draft());
        EdgeJson.Edge edge = EdgeJson.Edge.of(one.edge().value());
        Answer answer = one.created()
                ? Answer.created("/agents/" + edge.agentId() + "/edges/" + edge.id(), edge)
                : Answer.json(200, edge);
        return answer.masking(one.edge());
    }

    private Answer remove(Request request) {
        edges.remove(request.caller(), AgentRoutes.agent(request), edge(request));
        return Answer.noContent();
    }

    private Answer neighbors(Request request) {
        AroundQuery query = new AroundQuery(
                request.query(RELATIONS),
                request.query(DIRECTION),
                request.query(AS_OF).orElse(null),
                null);
        Masked<Neighbourhood> around = queries.neighbours(
                request.caller(),
                AgentRoutes.agent(request),
                new NodeId(request.id(NodeRoutes.NODE_ID)),
                request.query(DEPTH),
                query,
                request.query(LIMIT));
        return Answer.json(200, EdgeJson.Neighborhood.of(around)).masking(around);
    }

    private static EdgeId edge(Request request) {
        return new EdgeId(request.id(EDGE_ID));
    }

    private static Answer answer(Masked<Edge> edge) {
        return Answer.json(200, EdgeJson.Edge.of(edge.value())).masking(edge);
    }
}

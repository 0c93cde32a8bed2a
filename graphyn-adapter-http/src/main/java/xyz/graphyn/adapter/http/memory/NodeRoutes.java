package xyz.graphyn.adapter.http.memory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
import xyz.graphyn.application.append.AddedNode;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.memory.ManageNodes;
import xyz.graphyn.application.memory.NodeQueries;
import xyz.graphyn.application.memory.NodeQuery;
import xyz.graphyn.application.memory.NodeQuery.Position;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.validation.Checks;

/** {@code /agents/{agentId}/nodes}. */
public final class NodeRoutes {
    static final PathId NODE_ID =
            new PathId("nodeId", "node", "The node.", UUID.fromString("0197a1d2-6c7d-7e8f-8a9b-0c1d2e3f4a5b"));

    private static final String TAG = "Memory";
    private static final QueryParameter<Optional<String>> TYPE =
            QueryParameter.text("type", Checks.MAX_TYPE_NAME, "Only nodes of this type.", "preference");
    private static final QueryParameter<Optional<String>> LABEL =
            QueryParameter.text("label", NodeDraft.MAX_LABEL, "Only nodes that have this label.", "travel");
    private static final QueryParameter<Optional<String>> SESSION =
            QueryParameter.text("sessionId", Checks.MAX_IDENTIFIER, "Only nodes of this session.", "chat-17");
    private static final QueryParameter<Optional<Instant>> FROM =
            QueryParameter.time("from", "Only nodes that occurred at this time or later.", "2026-05-04T00:00:00Z");
    private static final QueryParameter<Optional<Instant>> TO =
            QueryParameter.time("to", "Only nodes that occurred before this time.", "2026-05-05T00:00:00Z");
    private static final JsonBody<NodeJson.NewNode> NEW_NODE =
            JsonBody.of(NodeJson.NewNode.class, BodySize.SINGLE, NodeJson.NEW_NODE);
    private static final JsonBody<List<NodeDraft>> NEW_NODES = JsonBody.list(
            NodeJson.NewNodes.class,
            new JsonItems<>(
                    "nodes",
                    NodeJson.NewNode.class,
                    NodeJson.NewNode::draft,
                    NodeDraft.MAX_BATCH,
                    BodySize.BATCH.maxKeys()),
            NodeJson.NEW_NODES);
    private static final JsonBody<NodeJson.NodePatch> NODE_PATCH =
            JsonBody.mergePatch(NodeJson.NodePatch.class, BodySize.SINGLE, NodeJson.NODE_PATCH);

    private final NodeQueries queries;
    private final ManageNodes nodes;

    public NodeRoutes(NodeQueries queries, ManageNodes nodes) {
        this.queries = queries;
        this.nodes = nodes;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.get("/agents/{agentId}/nodes", "listNodes")
                        .permission(Permission.onAgent(AgentPermission.READ))
                        .documented(
                                TAG,
                                "List nodes",
                                "By `occurredAt`, latest first. Every filter that is given must hold.")
                        .reply(Reply.json(200, "A page of nodes.", NodeJson.NodeList.EXAMPLE)
                                .masked())
                        .ids(AgentRoutes.AGENT_ID)
                        .query(TYPE, LABEL, SESSION, FROM, TO)
                        .paged()
                        .handledBy(this::list),
                Endpoint.post("/agents/{agentId}/nodes", "addNode")
                        .permission(Permission.onAgent(AgentPermission.WRITE))
                        .documented(
                                TAG,
                                "Add a node",
                                "Sending an `externalId` again adds nothing and answers with the first node.")
                        .reply(Reply.created("The node.", NodeJson.Node.EXAMPLE).masked())
                        .reply(Reply.json(
                                        200,
                                        "The agent had this `externalId` already: the first node.",
                                        NodeJson.Node.EXAMPLE)
                                .masked())
                        .ids(AgentRoutes.AGENT_ID)
                        .body(NEW_NODE)
                        .handledBy(this::add),
                Endpoint.post("/agents/{agentId}/nodes/batch", "addNodes")
                        .permission(Permission.onAgent(AgentPermission.WRITE))
                        .documented(
                                TAG,
                                "Add up to 1,000 nodes",
                                "All or nothing. The answer has one item for each node; `created` is false where the agent"
                                        + " had the `externalId` already.")
                        .reply(Reply.json(201, "What became of each node.", NodeJson.AddedNodes.EXAMPLE)
                                .masked())
                        .reply(Reply.json(200, "The agent had all of them already.", NodeJson.AddedNodes.EXAMPLE)
                                .masked())
                        .ids(AgentRoutes.AGENT_ID)
                        .body(NEW_NODES)
                        .handledBy(this::addAll),
                Endpoint.get("/agents/{agentId}/nodes/{nodeId}", "getNode")
                        .permission(Permission.onAgent(AgentPermission.READ))
                        .documented(TAG, "Get a node", "As it is now.")
                        .reply(Reply.json(200, "The node.", NodeJson.Node.EXAMPLE)
                                .masked())
                        .ids(AgentRoutes.AGENT_ID, NODE_ID)
                        .handledBy(request ->
                                answer(queries.get(request.caller(), AgentRoutes.agent(request), node(request)))),
                Endpoint.patch("/agents/{agentId}/nodes/{nodeId}", "changeNode")
                        .permission(Permission.onAgent(AgentPermission.WRITE))
                        .documented(
                                TAG,
                                "Change a node",
                                "A merge patch (RFC 7396): what is absent stays, what is null goes, `properties` is"
                                        + " merged member by member, `labels` is replaced whole. `externalId` can't be"
                                        + " changed. `supersededBy` tells which newer node holds in its place, whatever memory"
                                        + " has found; null takes that back for good.")
                        .reply(Reply.json(200, "The node as it is now.", NodeJson.Node.EXAMPLE)
                                .masked())
                        .ids(AgentRoutes.AGENT_ID, NODE_ID)
                        .body(NODE_PATCH)
                        .handledBy((request, patch) -> answer(nodes.change(
                                request.caller(),
                                AgentRoutes.agent(request),
                                node(request),
                                patch::applyTo,
                                patch.successor()))),
                Endpoint.delete("/agents/{agentId}/nodes/{nodeId}", "removeNode")
                        .permission(Permission.onAgent(AgentPermission.WRITE))
                        .documented(TAG, "Remove a node", "Its `externalId` is free again.")
                        .reply(Reply.noContent("The node is gone."))
                        .ids(AgentRoutes.AGENT_ID, NODE_ID)
                        .handledBy(this::remove));
    }

    private Answer list(Request request) {
        Pagination pagination = request.page();
        NodeQuery query = new NodeQuery(
                request.query(TYPE).orElse(null),
                request.query(LABEL).orElse(null),
                request.query(SESSION).orElse(null),
                request.query(FROM).orElse(null),
                request.query(TO).orElse(null),
                pagination.position(NodeRoutes::readPosition).orElse(null),
                pagination.limit(),
                null);
        Masked<Page<Node>> page = queries.list(request.caller(), AgentRoutes.agent(request), query);
        return Answer.json(200, NodeJson.NodeList.of(page, pagination.next(page.value(), NodeRoutes::writePosition)))
                .masking(page);
    }

    private Answer add(Request request, NodeJson.NewNode body) {
        ManageNodes.One one = nodes.add(request.caller(), AgentRoutes.agent(request), body.draft());
        NodeJson.Node node = NodeJson.Node.of(one.node());
        Answer answer = one.created()
                ? Answer.created("/agents/" + node.agentId() + "/nodes/" + node.id(), node)
                : Answer.json(200, node);
        return answer.masking(one.node());
    }

    private Answer addAll(Request request, List<NodeDraft> drafts) {
        Masked<List<AddedNode>> added = nodes.addAll(request.caller(), AgentRoutes.agent(request), drafts);
        return Answer.json(
                        added.value().stream().anyMatch(AddedNode::created) ? 201 : 200, NodeJson.AddedNodes.of(added))
                .masking(added);
    }

    private Answer remove(Request request) {
        nodes.remove(request.caller(), AgentRoutes.agent(request), node(request));
        return Answer.noContent();
    }

    private static NodeId node(Request request) {
        return new NodeId(request.id(NODE_ID));
    }

    private static Answer answer(Masked<Node> node) {
        return Answer.json(200, NodeJson.Node.of(node)).masking(node);
    }

    private static String writePosition(Node node) {
        return node.occurredAt() + " " + node.id();
    }

    private static Position readPosition(String text) {
        int space = text.indexOf(' ');
        return new Position(
                Instant.parse(text.substring(0, space)), new NodeId(UUID.fromString(text.substring(space + 1))));
    }
}

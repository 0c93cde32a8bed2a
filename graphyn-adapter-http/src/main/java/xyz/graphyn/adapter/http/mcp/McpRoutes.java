package xyz.graphyn.adapter.http.mcp;

import static java.util.Objects.requireNonNull;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.jackson3.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.adapter.http.endpoint.Answer;
import xyz.graphyn.adapter.http.endpoint.BodySize;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.JsonBody;
import xyz.graphyn.adapter.http.endpoint.Permission;
import xyz.graphyn.adapter.http.endpoint.Reply;
import xyz.graphyn.adapter.http.endpoint.Request;
import xyz.graphyn.adapter.http.json.Members;
import xyz.graphyn.application.agent.AgentQueries;
import xyz.graphyn.application.event.RecordEvents;
import xyz.graphyn.application.memory.ManageNodes;
import xyz.graphyn.application.recall.AssembleContext;
import xyz.graphyn.application.recall.SearchMemory;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.validation.Checks;

/**
 * {@code /mcp}: the Model Context Protocol, revision 2025-11-25, streamable HTTP without sessions. A request is answered with
 * JSON, never with a stream, since no tool takes long enough to be worth one.
 */
public final class McpRoutes {
    static final String PATH = "/mcp";

    private static final JsonBody<McpJson.Message> MESSAGE =
            JsonBody.of(McpJson.Message.class, BodySize.SINGLE, McpJson.MESSAGE);

    private static final String INSTRUCTIONS =
            "Graphyn keeps what agents should remember. Find the agent with list_agents, ask for what a prompt needs with"
                    + " get_context, and remember what is worth it.";

    private final McpJsonMapper json = new JacksonMcpJsonMapper(JsonMapper.builder()
            .changeDefaultPropertyInclusion(
                    value -> value.withValueInclusion(com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL))
            .build());
    private final McpStatelessServerHandler handler;

    public McpRoutes(
            String version,
            AgentQueries agents,
            RecordEvents events,
            ManageNodes nodes,
            SearchMemory search,
            AssembleContext contexts) {
        Handover transport = new Handover();
        McpServer.sync(transport)
                .serverInfo("graphyn", version)
                .instructions(INSTRUCTIONS)
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .jsonMapper(json)
                .jsonSchemaValidator(new DefaultJsonSchemaValidator())
                // Ours says more of what is wrong.
                .validateToolInputs(false)
                // On the request's own thread, which may wait.
                .immediateExecution(true)
                .tools(new McpTools(json, agents, events, nodes, search, contexts).all())
                .build();
        handler = requireNonNull(transport.handler);
    }

    /** Requests come in through our own endpoint, where their caller is known. */
    private static final class Handover implements McpStatelessServerTransport {
        private @Nullable McpStatelessServerHandler handler;

        @Override
        public void setMcpHandler(McpStatelessServerHandler given) {
            handler = given;
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.post(PATH, "callMcp")
                .permission(Permission.signedIn())
                .documented(
                        "Model Context Protocol",
                        "Speak MCP",
                        "Stateless streamable HTTP: one JSON-RPC message, one JSON answer; notifications are answered"
                                + " 202. The tools `remember`, `recall`, `get_context`, `log_event` and `list_agents` do"
                                + " what the endpoints do, with the permissions of the token, and what they show is"
                                + " masked for its caller: `_meta` tells how many findings are hidden.")
                .reply(Reply.json(200, "The answer to a request.", McpJson.Answer.EXAMPLE))
                .reply(Reply.empty(202, "A notification was taken note of."))
                .ownOriginsOnly()
                .body(MESSAGE)
                .handledBy(this::handle));
    }

    private Answer handle(Request request, McpJson.Message message) {
        Checks checks = new Checks();
        if (!message.jsonrpc().equals("2.0")) {
            checks.add("/jsonrpc", "unsupported", "must be 2.0");
        }
        checks.text("/method", message.method(), Checks.MAX_IDENTIFIER).orThrow();
        Json params = message.params() == null ? Json.EMPTY : message.params();
        McpCall call = new McpCall(
                request.caller(), Members.object(params, "arguments").orElse(Json.EMPTY));
        try {
            Map<?, ?> parsed = json.readValue(params.text(), Map.class);
            if (message.id() == null) {
                handler.handleNotification(call.context(), new JSONRPCNotification("2.0", message.method(), parsed))
                        .block();
                return Answer.empty(202);
            }
            var answer = handler.handleRequest(
                            call.context(),
                            new JSONRPCRequest(
                                    "2.0", message.method(), message.id().value(), parsed))
                    .block();
            return Answer.of(200, "application/json", json.writeValueAsBytes(requireNonNull(answer)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

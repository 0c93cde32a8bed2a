package xyz.graphyn.adapter.http.mcp;

import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpStatelessServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.adapter.http.agent.AgentJson;
import xyz.graphyn.adapter.http.endpoint.BodySize;
import xyz.graphyn.adapter.http.event.EventJson;
import xyz.graphyn.adapter.http.json.JsonReader;
import xyz.graphyn.adapter.http.json.JsonText;
import xyz.graphyn.adapter.http.json.JsonWriter;
import xyz.graphyn.adapter.http.memory.NodeJson;
import xyz.graphyn.adapter.http.openapi.RecordSchemas;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemWriter;
import xyz.graphyn.adapter.http.problem.Problems;
import xyz.graphyn.adapter.http.recall.RecallJson;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.agent.AgentQueries;
import xyz.graphyn.application.event.RecordEvents;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.memory.ManageNodes;
import xyz.graphyn.application.recall.AssembleContext;
import xyz.graphyn.application.recall.SearchMemory;

/** The tools, each of which does what an endpoint does, for the same caller, under the same permission and masked alike. */
final class McpTools {
    /** Where a result tells how many findings are hidden in it, as {@code Graphyn-Masked} does over HTTP. */
    static final String MASKED = "graphyn.xyz/masked";

    private static final Logger LOG = LoggerFactory.getLogger(McpTools.class);

    private final RecordSchemas schemas = new RecordSchemas();
    private final McpJsonMapper json;
    private final AgentQueries agents;
    private final RecordEvents events;
    private final ManageNodes nodes;
    private final SearchMemory search;
    private final AssembleContext contexts;

    McpTools(
            McpJsonMapper json,
            AgentQueries agents,
            RecordEvents events,
            ManageNodes nodes,
            SearchMemory search,
            AssembleContext contexts) {
        this.json = json;
        this.agents = agents;
        this.events = events;
        this.nodes = nodes;
        this.search = search;
        this.contexts = contexts;
    }

    /**
     * What a tool answers.
     *
     * @param text for the model to read
     * @param json the same for programs
     */
    private record Answer(String text, String json, int hidden) {
        static Answer of(Record structured, Masked<?> shown) {
            return of(json(structured), structured, shown);
        }

        static Answer of(String text, Record structured, Masked<?> shown) {
            return new Answer(text, json(structured), shown.hidden());
        }

        private static String json(Record structured) {
            return new String(JsonWriter.write(structured), StandardCharsets.UTF_8);
        }
    }

    List<SyncToolSpecification> all() {
        return List.of(
                tool(
                        "remember",
                        "Remember something",
                        "Adds one memory to an agent: a fact, a preference, a decision. It can be recalled at once.",
                        McpJson.Remember.class,
                        false,
                        (caller, arguments) -> {
                            ManageNodes.One one = nodes.add(caller, arguments.agent(), arguments.draft());
                            return Answer.of(NodeJson.Node.of(one.node()), one.node());
                        }),
                tool(
                        "recall",
                        "Search memory",
                        "The memories of an agent that answer a question, best first.",
                        McpJson.Recall.class,
                        true,
                        (caller, arguments) -> {
                            var found = search.search(caller, arguments.agent(), arguments.request());
                            return Answer.of(RecallJson.FoundNodes.of(found), found);
                        }),
                tool(
                        "get_context",
                        "Get the context of a prompt",
                        "The part of an agent's memory that a prompt needs, as text of at most tokenBudget tokens, in the"
                                + " order of time.",
                        McpJson.GetContext.class,
                        true,
                        (caller, arguments) -> {
                            var context = contexts.assemble(caller, arguments.agent(), arguments.request());
                            return Answer.of(context.value().text(), RecallJson.MemoryContext.of(context), context);
                        }),
                tool(
                        "log_event",
                        "Log an event",
                        "Records one thing that happened to an agent. A message (type message, with role and content in"
                                + " its payload) becomes memory.",
                        McpJson.LogEvent.class,
                        false,
                        (caller, arguments) -> {
                            RecordEvents.One one = events.record(caller, arguments.agent(), arguments.draft());
                            return Answer.of(EventJson.Event.of(one.event()), one.event());
                        }),
                tool(
                        "list_agents",
                        "List agents",
                        "The agents whose memory there is, newest first.",
                        McpJson.ListAgents.class,
                        true,
                        (caller, arguments) -> {
                            var page = agents.list(caller, arguments.query());
                            String more = page.value().more()
                                    ? page.value().items().getLast().id().toString()
                                    : null;
                            return Answer.of(AgentJson.AgentList.of(page, more), page);
                        }));
    }

    private <T extends Record> SyncToolSpecification tool(
            String name,
            String title,
            String description,
            Class<T> type,
            boolean readOnly,
            BiFunction<Caller, T, Answer> work) {
        JsonReader<T> reader = new JsonReader<>(type);
        Tool tool = Tool.builder(name, json, schemas.flat(type))
                .title(title)
                .description(description)
                .annotations(ToolAnnotations.builder()
                        .readOnlyHint(readOnly)
                        .destructiveHint(false)
                        .openWorldHint(false)
                        .build())
                .build();
        return new SyncToolSpecification(tool, (context, request) -> call(context, request, reader, work));
    }

    private <T extends Record> CallToolResult call(
            McpTransportContext context,
            @SuppressWarnings("unused") CallToolRequest request, // its arguments are read as they were written
            JsonReader<T> reader,
            BiFunction<Caller, T, Answer> work) {
        McpCall call = McpCall.of(context);
        try {
            T arguments = reader.read(JsonText.of(call.arguments().text(), BodySize.SINGLE.maxKeys()));
            Answer answer = work.apply(call.caller(), arguments);
            return CallToolResult.builder()
                    .addTextContent(answer.text())
                    .structuredContent(json, answer.json())
                    .meta(Map.of(MASKED, answer.hidden()))
                    .build();
        } catch (RuntimeException failure) {
            Problem problem = Problems.of(failure).orElseGet(() -> {
                LOG.error("A tool failed", failure);
                return Problems.FAULT;
            });
            String text = new String(
                    ProblemWriter.write(problem, McpRoutes.PATH, call.caller().requestId()), StandardCharsets.UTF_8);
            return CallToolResult.builder().addTextContent(text).isError(true).build();
        }
    }
}

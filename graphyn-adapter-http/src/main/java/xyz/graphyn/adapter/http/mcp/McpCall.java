package xyz.graphyn.adapter.http.mcp;

import static java.util.Objects.requireNonNull;

import io.modelcontextprotocol.common.McpTransportContext;
import java.util.Map;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.domain.json.Json;

/**
 * What a tool needs to know of the request that calls it.
 *
 * @param arguments as they were written; none if there are none
 */
record McpCall(Caller caller, Json arguments) {
    private static final String KEY = "call";

    McpTransportContext context() {
        return McpTransportContext.create(Map.of(KEY, this));
    }

    static McpCall of(McpTransportContext context) {
        return (McpCall) requireNonNull(context.get(KEY));
    }
}

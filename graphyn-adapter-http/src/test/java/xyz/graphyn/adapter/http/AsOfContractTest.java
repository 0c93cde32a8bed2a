package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.adapter.http.TestApi.Reply;

/** The time of a question, where an endpoint or a tool takes one. */
class AsOfContractTest {
    private final TestApi api = TestApi.wholeWith(storage -> storage);
    private String agent = "";

    @BeforeEach
    void createAgent() {
        agent = api.post("/agents", "{\"name\":\"a\"}").header("Location");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private Reply search(String asOf) {
        return api.post(agent + "/search", "{\"query\":\"q\",\"asOf\":" + asOf + "}");
    }

    private Reply context(String asOf) {
        return api.post(agent + "/context", "{\"query\":\"q\",\"tokenBudget\":9,\"asOf\":" + asOf + "}");
    }

    private JsonNode call(String tool, String more) {
        String id = agent.substring(agent.lastIndexOf('/') + 1);
        return api.post(
                        "/mcp",
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                                + "\",\"arguments\":{\"agentId\":\"" + id + "\",\"query\":\"q\"" + more + "}}}")
                .json()
                .path("result");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"yesterday\"",
                "\"\"",
                "\"2026-01-01\"",
                "\"2026-01-01T00:00:00\"",
                "\"2026-02-30T00:00:00Z\"",
                "1767225600",
                "true",
                "{}",
                "[\"2026-01-01T00:00:00Z\"]"
            })
    void isNamedWhereItIsNone(String asOf) {
        for (Reply refused : new Reply[] {search(asOf), context(asOf)}) {
            assertEquals(400, refused.status(), refused::body);
            JsonNode errors = refused.json().path("errors");
            assertEquals(1, errors.size(), refused::body);
            assertEquals("/asOf", errors.path(0).path("pointer").asString());
        }
    }

    /** As with all that may be left out. */
    @Test
    void isNowWhereItIsNull() {
        assertEquals(200, search("null").status());
        assertEquals(200, context("null").status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2026-01-01T00:00:00Z\"", "\"2026-01-01T02:00:00.5+02:00\"", "\"9999-12-31T00:00:00Z\""})
    void mayBeAnyTime(String asOf) {
        assertEquals(200, search(asOf).status());
        assertEquals(200, context(asOf).status());
        assertFalse(call("recall", ",\"asOf\":" + asOf).path("isError").asBoolean());
        assertFalse(call("get_context", ",\"tokenBudget\":9,\"asOf\":" + asOf)
                .path("isError")
                .asBoolean());
    }

    @Test
    void isNamedToModelsToo() {
        for (JsonNode refused : new JsonNode[] {
            call("recall", ",\"asOf\":\"yesterday\""), call("get_context", ",\"tokenBudget\":9,\"asOf\":\"yesterday\"")
        }) {
            assertTrue(refused.path("isError").asBoolean(), refused::toString);
            assertTrue(refused.at("/content/0/text").asString().contains("/asOf"), refused::toString);
        }
    }

    @Test
    void isListedWithTheToolsThatTakeIt() {
        JsonNode tools = api.post("/mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}")
                .json()
                .at("/result/tools");
        for (JsonNode tool : tools) {
            boolean asks = Stream.of("recall", "get_context")
                    .anyMatch(name -> name.equals(tool.path("name").asString()));
            assertEquals(asks, tool.at("/inputSchema/properties").has("asOf"), tool::toString);
        }
        assertEquals(5, tools.size());
    }
}

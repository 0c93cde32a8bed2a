package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.adapter.http.TestApi.Reply;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.Permission;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReferenceTest {
    private TestApi api;
    private JsonNode document;

    @BeforeAll
    void start() {
        api = TestApi.whole();
        document = api.get("/openapi.json", "Authorization", "none").json();
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @Test
    void isOpenApi31() {
        assertEquals("3.1.0", document.path("openapi").asString());
        assertEquals("1.2.3", document.path("info").path("version").asString());
        assertEquals(
                "http", document.at("/components/securitySchemes/bearer/type").asString());
    }

    @Test
    void tellsOfEveryEndpoint() {
        List<Endpoint> endpoints = HttpServer.withReference(
                        "1.2.3", null, HttpConfiguration.Limits.DEFAULT, TestApi.endpoints())
                .all();
        int operations = 0;
        for (JsonNode path : document.path("paths")) {
            operations += path.size();
        }
        assertEquals(endpoints.size(), operations);
        for (Endpoint endpoint : endpoints) {
            JsonNode operation = operation(endpoint);
            assertEquals(endpoint.operationId(), operation.path("operationId").asString());
            boolean open = endpoint.permission() instanceof Permission.Open;
            assertEquals(
                    open ? "[]" : "[{\"bearer\":[]}]",
                    operation.path("security").toString(),
                    endpoint::toString);
            assertTrue(operation
                    .path("description")
                    .asString()
                    .contains(endpoint.permission().description()));
            assertEquals(
                    endpoint.ids().size()
                            + endpoint.query().size()
                            + endpoint.headers().size()
                            + (endpoint.idempotent() ? 1 : 0),
                    operation.path("parameters").size());
        }
    }

    @Test
    void hasAnExampleWhereverThereIsABody() {
        List<String> without = new ArrayList<>();
        forEachOperation((name, operation) -> {
            operation
                    .findValues("content")
                    .forEach(content -> content.forEach(media -> {
                        if (media.path("example").isMissingNode()) {
                            without.add(name);
                        }
                    }));
            operation.path("parameters").forEach(parameter -> {
                boolean example = parameter.findValue("example") != null || parameter.findValue("examples") != null;
                if (!example || parameter.path("description").isMissingNode()) {
                    without.add(name + " " + parameter);
                }
            });
        });
        assertEquals(List.of(), without);
    }

    @Test
    void refersToNothingThatIsNotThere() {
        List<String> references = Pattern.compile("\"\\$ref\" ?: ?\"#([^\"]+)\"")
                .matcher(document.toString())
                .results()
                .map((MatchResult match) -> match.group(1))
                .distinct()
                .toList();
        assertFalse(references.isEmpty());
        references.forEach(reference -> assertFalse(document.at(reference).isMissingNode(), reference));
    }

    @Test
    void tellsTheProblemsOfEveryEndpoint() {
        forEachOperation((name, operation) -> {
            for (String status : new String[] {"400", "500", "503"}) {
                assertTrue(operation.path("responses").has(status), name + " " + status);
            }
            boolean guarded = !operation.path("security").isEmpty();
            assertEquals(guarded, operation.path("responses").has("401"), name);
            boolean takesBody = operation.has("requestBody");
            assertEquals(takesBody, operation.path("responses").has("413"), name);
        });
    }

    @Test
    void saysWhatIsNeededAndWhatMayBeNull() {
        JsonNode created = document.at("/components/schemas/NewAgent");
        assertEquals("[\"name\"]", created.path("required").toString());
        assertFalse(created.path("additionalProperties").asBoolean(true));
        assertEquals(200, created.at("/properties/name/maxLength").asInt());
        assertEquals("\"string\"", created.at("/properties/name/type").toString());
        assertEquals("[\"string\",\"null\"]", types(created.at("/properties/model")));
        assertEquals("[\"object\",\"null\"]", types(created.at("/properties/metadata")));

        JsonNode agent = document.at("/components/schemas/Agent");
        assertEquals(agent.path("properties").size(), agent.path("required").size());
        assertEquals("[\"string\",\"null\"]", types(agent.at("/properties/model")));
        assertEquals("\"object\"", agent.at("/properties/metadata/type").toString());
        assertEquals("date-time", agent.at("/properties/createdAt/format").asString());
        assertEquals("uuid", agent.at("/properties/id/format").asString());

        JsonNode patch = document.at("/components/schemas/NodePatch");
        assertTrue(patch.path("required").isMissingNode());
        assertEquals("\"string\"", patch.at("/properties/content/type").toString());
        assertEquals("[\"array\",\"null\"]", types(patch.at("/properties/labels")));
        assertEquals(50, patch.at("/properties/labels/maxItems").asInt());
        assertEquals("string", patch.at("/properties/labels/items/type").asString());
        assertEquals(
                1_000,
                document.at("/components/schemas/NewEvents/properties/events/maxItems")
                        .asInt());
        assertEquals(
                "#/components/schemas/NewEvent",
                document.at("/components/schemas/NewEvents/properties/events/items/$ref")
                        .asString());
    }

    @Test
    void tellsTheBoundsOfParameters() {
        JsonNode limit = document.at("/paths/~1agents/get/parameters")
                .valueStream()
                .filter(parameter -> parameter.path("name").asString().equals("limit"))
                .findFirst()
                .orElseThrow();
        assertEquals(1, limit.at("/schema/minimum").asInt());
        assertEquals(200, limit.at("/schema/maximum").asInt());
        assertEquals(50, limit.at("/schema/default").asInt());
        assertEquals("integer", limit.at("/schema/type").asString());
    }

    @ParameterizedTest
    @CsvSource({
        "/docs, text/html",
        "/docs/docs.js, text/javascript",
        "/docs/swagger-ui-bundle.js, text/javascript",
        "/docs/swagger-ui.css, text/css",
        "/docs/favicon.png, image/png",
    })
    void showsItselfWithoutANetwork(String path, String mediaType) {
        Reply reply = api.get(path, "Authorization", "none", "Accept", mediaType + ",*/*;q=0.1");
        assertEquals(200, reply.status());
        assertTrue(reply.header("Content-Type").startsWith(mediaType), reply.header("Content-Type"));
        assertTrue(reply.header("Content-Security-Policy").contains("script-src 'self';"));
        assertFalse(reply.header("Content-Security-Policy").contains("unsafe-eval"));
        assertEquals(304, api.get(path, "If-None-Match", reply.header("ETag")).status());
    }

    @Test
    void leavesNoTokenInTheBrowser() {
        assertFalse(api.get("/docs/docs.js").body().contains("persistAuthorization"));
    }

    @Test
    void isAtItsVeryPathOnly() {
        assertEquals(405, api.post("/openapi.json", "{}").status());
        assertEquals(404, api.get("/openapiXjson").status());
    }

    @Test
    void hasNoScriptInThePageItself() {
        String page = api.get("/docs").body();
        assertFalse(
                Pattern.compile("<script(?! src=)|\\son\\w+=|javascript:|https?://")
                        .matcher(page)
                        .find(),
                page);
    }

    @Test
    void isWhereABrowserIsLed() {
        Reply reply = api.get("/", "Accept", "text/html");
        assertEquals(302, reply.status());
        assertEquals("docs", reply.header("Location"));
    }

    @Test
    void canBeHadWithoutAServer() {
        assertEquals(
                api.get("/openapi.json").body(),
                new String(
                        HttpServer.openApi("1.2.3", null, HttpConfiguration.Limits.DEFAULT), StandardCharsets.UTF_8));
    }

    @Test
    void isTheSameEachTime() {
        assertEquals(
                api.get("/openapi.json").header("ETag"),
                api.get("/openapi.json").header("ETag"));
    }

    private static String types(JsonNode schema) {
        return schema.path("type").toString();
    }

    private JsonNode operation(Endpoint endpoint) {
        return document.path("paths")
                .path(endpoint.path())
                .path(endpoint.method().name().toLowerCase(Locale.ROOT));
    }

    private void forEachOperation(BiConsumer<String, JsonNode> test) {
        document.path("paths")
                .forEachEntry((path, methods) ->
                        methods.forEachEntry((method, operation) -> test.accept(method + " " + path, operation)));
    }
}

package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.adapter.http.TestApi.Reply;

class AgentContractTest {
    private final TestApi api = TestApi.whole();

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void createsAnAgentAndShowsWhereItIs() {
        Reply created = api.post("/agents", "{\"name\":\"Zoë 🦄\",\"metadata\":{ \"b\": 1.50, \"a\":[1e2] }}");
        assertEquals(201, created.status(), created::body);
        JsonNode agent = created.json();
        assertEquals("/agents/" + agent.path("id").asString(), created.header("Location"));
        assertEquals("Zoë 🦄", agent.path("name").asString());
        assertTrue(agent.path("description").isNull() && agent.has("description"), "absent values are there as null");
        assertEquals("ada", agent.path("createdBy").asString());
        assertTrue(created.body().contains("\"metadata\":{ \"b\": 1.50, \"a\":[1e2] }"), created::body);
        assertTrue(agent.path("createdAt")
                .asString()
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.(\\d{3}|\\d{6})Z"));
        assertEquals(created.body(), api.get(created.header("Location")).body());
    }

    @Test
    void givesAnAgentWithoutMetadataAnEmptyObject() {
        assertTrue(api.post("/agents", "{\"name\":\"a\"}").body().contains("\"metadata\":{}"));
    }

    @Test
    void mergesAPatch() {
        String path = create(
                "{\"name\":\"a\",\"model\":\"m\",\"description\":\"d\",\"metadata\":{\"x\":1.0,\"y\":{\"z\":1}}}");
        Reply reply = api.send(
                "PATCH",
                path,
                "{\"description\":null,\"metadata\":{\"y\":{\"z\":null,\"n\":2}}}",
                "Content-Type",
                "application/merge-patch+json");
        assertEquals(200, reply.status(), reply::body);
        JsonNode agent = reply.json();
        assertTrue(agent.path("description").isNull());
        assertEquals("m", agent.path("model").asString());
        assertTrue(reply.body().contains("\"metadata\":{\"x\":1.0,\"y\":{\"n\":2}}"), reply::body);
        assertEquals(reply.body(), api.get(path).body());
        assertTrue(api.send("PATCH", path, "{\"metadata\":null}").body().contains("\"metadata\":{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":null} | validation /name required",
                "{\"name\":\" \"} | validation /name blank",
                "{\"metadata\":[1]} | validation /metadata wrong-type",
                "{\"id\":\"x\"} | validation /id unknown",
                "[] | validation  wrong-type",
            })
    void refusesAPatchThatCannotBe(String patch, String problem) {
        String path = create("{\"name\":\"a\"}");
        assertEquals(problem, api.send("PATCH", path, patch).problem());
        assertEquals("a", api.get(path).json().path("name").asString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"\"} | /name blank",
                "{\"name\":\"a\",\"model\":\" \"} | /model blank",
                "{\"name\":\"a\",\"organizationId\":\"b\"} | /organizationId unknown",
                "{\"name\":\"a\",\"createdBy\":\"b\"} | /createdBy unknown",
            })
    void namesWhatIsWrongWithANewAgent(String body, String mistake) {
        assertEquals("validation " + mistake, api.post("/agents", body).problem());
    }

    @Test
    void boundsTheName() {
        assertEquals(
                201,
                api.post("/agents", "{\"name\":\"" + "🦄".repeat(200) + "\"}").status());
        assertEquals(
                "validation /name too-long",
                api.post("/agents", "{\"name\":\"" + "🦄".repeat(201) + "\"}").problem());
    }

    @Test
    void createsOneAgentForOneIdempotencyKey() {
        Reply first = api.post("/agents", "{\"name\":\"a\"}", "Idempotency-Key", "k");
        Reply second = api.post("/agents", "{\"name\":\"a\"}", "Idempotency-Key", "k");
        assertEquals(first.body(), second.body());
        assertEquals(first.header("Location"), second.header("Location"));
        assertEquals(1, api.get("/agents").json().path("items").size());
    }

    @Test
    void leavesTheKeyFreeWhenTheRequestWasRefused() {
        assertEquals(
                400,
                api.post("/agents", "{\"name\":\" \"}", "Idempotency-Key", "k").status());
        assertEquals(
                201,
                api.post("/agents", "{\"name\":\"a\"}", "Idempotency-Key", "k").status());
    }

    @Test
    void listsNewestFirstAndByName() {
        create("{\"name\":\"Blue\"}");
        create("{\"name\":\"Green\"}");
        create("{\"name\":\"Dark blue\"}");
        JsonNode first = api.get("/agents?q=BLUE&limit=1").json();
        assertEquals("Dark blue", first.at("/items/0/name").asString());
        JsonNode second = api.get("/agents?q=BLUE&limit=1&cursor="
                        + first.path("nextCursor").asString())
                .json();
        assertEquals("Blue", second.at("/items/0/name").asString());
        assertTrue(second.path("nextCursor").isNull());
    }

    @Test
    void removesAnAgentForGood() {
        String path = create("{\"name\":\"a\"}");
        assertEquals(204, api.send("DELETE", path, null).status());
        assertEquals(404, api.get(path).status());
        assertEquals(404, api.send("DELETE", path, null).status());
    }

    @Test
    void showsAnAuditorThatItExistsAndNoMore() {
        String path = create("{\"name\":\"a\",\"instructions\":\"s3cret\"}");
        Reply reply = api.get(path, "Authorization", "Bearer auditor.otto.1");
        assertEquals(200, reply.status());
        assertFalse(reply.body().contains("s3cret"), reply::body);
    }

    @Test
    void tellsHealth() {
        Reply reply = api.get("/health", "Authorization", "none");
        assertEquals(200, reply.status());
        assertEquals("degraded", reply.json().path("status").asString());
        assertEquals("redis", reply.json().at("/dependencies/0/name").asString());
        assertEquals(200, api.get("/health/ready").status());
        assertEquals("{\"status\":\"up\"}", api.get("/health/live").body());
    }

    private String create(String body) {
        Reply reply = api.post("/agents", body);
        assertEquals(201, reply.status(), reply::body);
        return reply.header("Location");
    }
}

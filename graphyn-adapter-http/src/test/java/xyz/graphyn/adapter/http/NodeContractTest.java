package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.adapter.http.TestApi.Reply;

class NodeContractTest {
    private final TestApi api = TestApi.whole();
    private String nodes = "";

    @BeforeEach
    void createAgent() {
        nodes = api.post("/agents", "{\"name\":\"a\"}").header("Location") + "/nodes";
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void addsANode() {
        Reply created = api.post(
                nodes,
                "{\"type\":\"fact\",\"content\":\"Zoë 🦄\",\"labels\":[\"b\",\"a\"],\"properties\":{ \"x\":1.0 }}");
        assertEquals(201, created.status(), created::body);
        JsonNode node = created.json();
        assertEquals("[\"b\",\"a\"]", node.path("labels").toString());
        assertTrue(created.body().contains("\"properties\":{ \"x\":1.0 }"), created::body);
        assertTrue(node.path("sessionId").isNull() && node.has("sessionId"));
        assertEquals(created.body(), api.get(created.header("Location")).body());
    }

    @Test
    void answersWithTheFirstWhenSentAgain() {
        Reply first = api.post(nodes, "{\"type\":\"fact\",\"content\":\"one\",\"externalId\":\"e\"}");
        Reply second = api.post(nodes, "{\"type\":\"fact\",\"content\":\"two\",\"externalId\":\"e\"}");
        assertEquals(200, second.status());
        assertEquals(first.body(), second.body());
    }

    @Test
    void addsABatchWholeOrNotAtAll() {
        String good = "{\"type\":\"fact\",\"content\":\"one\",\"externalId\":\"e1\"}";
        String bad = "{\"type\":\"fact\",\"content\":\" \",\"labels\":[\"\",\"x\"]}";
        Reply refused = api.post(nodes + "/batch", "{\"nodes\":[" + good + "," + bad + "]}");
        assertEquals(
                List.of("/nodes/1/content", "/nodes/1/labels/0"),
                refused.json().path("errors").findValuesAsString("pointer"));
        assertEquals(0, api.get(nodes).json().path("items").size());
        Reply added = api.post(nodes + "/batch", "{\"nodes\":[" + good + "," + good + "]}");
        assertEquals(201, added.status(), added::body);
        assertEquals(
                "[true, false]",
                added.json().path("items").findValues("created").toString());
        assertEquals(
                200, api.post(nodes + "/batch", "{\"nodes\":[" + good + "]}").status());
    }

    @Test
    void mergesAPatch() {
        String path = api.post(
                        nodes,
                        "{\"type\":\"fact\",\"content\":\"one\",\"labels\":[\"a\"],\"properties\":{\"x\":1,\"y\":2},"
                                + "\"sessionId\":\"s\",\"externalId\":\"e\"}")
                .header("Location");
        Reply reply = api.send(
                "PATCH",
                path,
                "{\"content\":\"two\",\"labels\":null,\"properties\":{\"x\":null},\"sessionId\":null,\"externalId\":\"e\"}");
        assertEquals(200, reply.status(), reply::body);
        JsonNode node = reply.json();
        assertEquals("two", node.path("content").asString());
        assertEquals("[]", node.path("labels").toString());
        assertEquals("{\"y\":2}", node.path("properties").toString());
        assertTrue(node.path("sessionId").isNull());
        assertEquals("e", node.path("externalId").asString());
        assertEquals(reply.body(), api.get(path).body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"externalId\":\"other\"} | /externalId immutable",
                "{\"externalId\":null} | /externalId immutable",
                "{\"content\":null} | /content required",
                "{\"occurredAt\":null} | /occurredAt required",
                "{\"labels\":[\"a\",\"a\"]} | /labels duplicate",
                "{\"tokens\":1} | /tokens unknown",
            })
    void refusesAPatchThatCannotBe(String patch, String mistake) {
        String path = api.post(nodes, "{\"type\":\"fact\",\"content\":\"one\",\"externalId\":\"e\"}")
                .header("Location");
        String before = api.get(path).body();
        assertEquals("validation " + mistake, api.send("PATCH", path, patch).problem());
        assertEquals(before, api.get(path).body());
    }

    @Test
    void pagesLatestFirstAndFilters() {
        for (int i = 0; i < 5; i++) {
            String body = "{\"type\":\"" + (i % 2 == 0 ? "fact" : "task") + "\",\"content\":\"" + i
                    + "\",\"labels\":[\"l" + i % 3 + "\"],\"sessionId\":\"s" + i % 2
                    + "\",\"occurredAt\":\"2026-05-04T1" + i + ":00:00.000001Z\"}";
            assertEquals(201, api.post(nodes, body).status());
        }
        assertEquals(List.of("4", "3", "2", "1", "0"), contents("?limit=2"));
        assertEquals(List.of("4", "2", "0"), contents("?type=fact&limit=1"));
        assertEquals(List.of("3", "0"), contents("?label=l0&limit=1"));
        assertEquals(List.of("3", "1"), contents("?sessionId=s1"));
        assertEquals(List.of("2", "1"), contents("?from=2026-05-04T11:00:00Z&to=2026-05-04T13:00:00Z"));
    }

    @Test
    void removesANode() {
        String path = api.post(nodes, "{\"type\":\"fact\",\"content\":\"one\",\"externalId\":\"e\"}")
                .header("Location");
        assertEquals(204, api.send("DELETE", path, null).status());
        assertEquals("not-found", api.get(path).problem());
        assertEquals(404, api.send("DELETE", path, null).status());
        assertEquals(
                201,
                api.post(nodes, "{\"type\":\"fact\",\"content\":\"one\",\"externalId\":\"e\"}")
                        .status());
    }

    @Test
    void doesNotFindANodeUnderAnotherAgent() {
        String path = api.post(nodes, "{\"type\":\"fact\",\"content\":\"one\"}").header("Location");
        String other = api.post("/agents", "{\"name\":\"b\"}").header("Location") + "/nodes";
        assertEquals(404, api.get(other + path.substring(path.lastIndexOf('/'))).status());
    }

    private List<String> contents(String query) {
        List<String> contents = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = api.get(nodes + query + cursor).json();
            page.path("items").forEach(node -> contents.add(node.path("content").asString()));
            cursor = page.path("nextCursor").isNull()
                    ? null
                    : "&cursor=" + page.path("nextCursor").asString();
        }
        return contents;
    }
}

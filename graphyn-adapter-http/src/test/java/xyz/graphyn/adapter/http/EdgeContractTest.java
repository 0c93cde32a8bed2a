package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.adapter.http.TestApi.Reply;

class EdgeContractTest {
    private static final String NOBODY = "01900000-0000-7000-8000-000000000000";

    private final TestApi api = TestApi.whole();
    private String agent = "";
    private String edges = "";
    private String ada = "";
    private String vienna = "";

    @BeforeEach
    void createNodes() {
        agent = api.post("/agents", "{\"name\":\"a\"}").header("Location");
        edges = agent + "/edges";
        ada = node("Ada");
        vienna = node("Vienna");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private String node(String content) {
        return api.post(agent + "/nodes", "{\"type\":\"thing\",\"content\":\"" + content + "\"}")
                .json()
                .path("id")
                .asString();
    }

    private static String body(String from, String to, String relation, String more) {
        return "{\"from\":\"%s\",\"to\":\"%s\",\"relation\":\"%s\"%s}".formatted(from, to, relation, more);
    }

    private Reply tell(String from, String to, String relation, String more) {
        return api.post(edges, body(from, to, relation, more));
    }

    private List<String> relations(String path) {
        return api.get(path).json().path("items").findValuesAsString("relation");
    }

    private String around(String node, String query) {
        return agent + "/nodes/" + node + "/neighbors" + query;
    }

    @Test
    void addsAnEdge() {
        Reply created =
                tell(ada, vienna, "lives_in", ",\"properties\":{ \"x\":1.0 },\"validFrom\":\"2025-09-01T00:00:00Z\"");
        assertEquals(201, created.status(), created::body);
        JsonNode edge = created.json();
        assertEquals(ada, edge.path("from").asString());
        assertEquals(vienna, edge.path("to").asString());
        assertTrue(created.body().contains("\"properties\":{ \"x\":1.0 }"), created::body);
        assertTrue(edge.path("validTo").isNull() && edge.has("validTo"));
        assertEquals("false", edge.path("derived").toString());
        assertEquals(created.body(), api.get(created.header("Location")).body());
        assertEquals("1", api.get(agent + "/memory").json().path("edges").toString());
    }

    @Test
    void answersAFactToldAgainWithTheFirst() {
        Reply first = tell(ada, vienna, "lives_in", "");
        Reply again = tell(ada, vienna, "lives_in", ",\"properties\":{\"x\":1}");
        assertEquals(200, again.status());
        assertEquals(first.body(), again.body());
        assertEquals(
                201,
                tell(ada, vienna, "lives_in", ",\"validFrom\":\"2025-09-01T00:00:00Z\"")
                        .status());
    }

    @Test
    void namesTheNodeThatIsNotThere() {
        String elsewhere = api.post("/agents", "{\"name\":\"b\"}").header("Location");
        String theirs = api.post(elsewhere + "/nodes", "{\"type\":\"thing\",\"content\":\"x\"}")
                .json()
                .path("id")
                .asString();
        for (String missing : List.of(NOBODY, theirs)) {
            assertEquals(
                    "validation /from unknown-node",
                    tell(missing, ada, "knows", "").problem());
            assertEquals(
                    "validation /to unknown-node",
                    tell(ada, missing, "knows", "").problem());
        }
        assertEquals(List.of(), relations(edges));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"to\":\"TO\",\"relation\":\"r\"} | /from required",
                "{\"from\":\"x\",\"to\":\"TO\",\"relation\":\"r\"} | /from malformed",
                "{\"from\":\"TO\",\"to\":null,\"relation\":\"r\"} | /to required",
                "{\"from\":\"TO\",\"to\":\"TO\",\"relation\":\"\"} | /relation malformed",
                "{\"from\":\"TO\",\"to\":\"TO\",\"relation\":\"r\",\"properties\":[]} | /properties wrong-type",
                "{\"from\":\"TO\",\"to\":\"TO\",\"relation\":\"r\",\"derived\":true} | /derived unknown",
                "{\"from\":\"TO\",\"to\":\"TO\",\"relation\":\"r\",\"validFrom\":\"2025-01-01T00:00:00Z\",\"validTo\":\"2025-01-01T00:00:00Z\"} | /validTo out-of-range",
            })
    void refusesAnEdgeThatCannotBe(String body, String mistake) {
        assertEquals(
                "validation " + mistake,
                api.post(edges, body.replace("TO", ada)).problem());
    }

    @Test
    void closesAFactByAMergePatch() {
        String path = tell(ada, vienna, "lives_in", ",\"properties\":{\"x\":1,\"y\":2}")
                .header("Location");
        Reply closed = api.send("PATCH", path, "{\"validTo\":\"2026-01-01T00:00:00Z\",\"properties\":{\"x\":null}}");
        assertEquals(200, closed.status(), closed::body);
        assertEquals("{\"y\":2}", closed.json().path("properties").toString());
        assertTrue(closed.json().path("validTo").asString().startsWith("2026-01-01T00:00:00"), closed::body);
        assertEquals(closed.body(), api.get(path).body());
        assertTrue(api.send("PATCH", path, "{\"validTo\":null}")
                .json()
                .path("validTo")
                .isNull());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"from\":\"01900000-0000-7000-8000-000000000000\"} | /from immutable",
                "{\"to\":null} | /to immutable",
                "{\"relation\":\"lives_in\"} | /relation immutable",
                "{\"validTo\":\"1999-01-01T00:00:00Z\"} | /validTo out-of-range",
                "{\"validTo\":\"soon\"} | /validTo malformed",
                "{\"derived\":false} | /derived unknown",
            })
    void refusesAPatchThatCannotBe(String patch, String mistake) {
        String path = tell(ada, vienna, "lives_in", ",\"validFrom\":\"2000-01-01T00:00:00Z\"")
                .header("Location");
        String before = api.get(path).body();
        assertEquals("validation " + mistake, api.send("PATCH", path, patch).problem());
        assertEquals(before, api.get(path).body());
    }

    @Test
    void refusesAPatchIntoAFactThatIsToldAlready() {
        String path = tell(ada, vienna, "lives_in", "").header("Location");
        tell(ada, vienna, "lives_in", ",\"validFrom\":\"2000-01-01T00:00:00Z\"");
        Reply refused = api.send("PATCH", path, "{\"validFrom\":\"2000-01-01T00:00:00Z\"}");
        assertEquals(409, refused.status());
        assertEquals("conflict", refused.json().path("code").asString());
    }

    @Test
    void removesAnEdgeAndThoseOfANode() {
        String path = tell(ada, vienna, "lives_in", "").header("Location");
        assertEquals(204, api.send("DELETE", path, "").status());
        assertEquals(404, api.get(path).status());
        assertEquals(404, api.send("DELETE", path, "").status());
        tell(ada, vienna, "lives_in", "");
        tell(vienna, vienna, "is", "");
        assertEquals(204, api.send("DELETE", agent + "/nodes/" + vienna, "").status());
        assertEquals(List.of(), relations(edges));
        assertEquals("0", api.get(agent + "/memory").json().path("edges").toString());
    }

    @Test
    void listsByEveryFilterNewestFirst() {
        tell(ada, vienna, "lives_in", ",\"validFrom\":\"2025-01-01T00:00:00Z\",\"validTo\":\"2026-01-01T00:00:00Z\"");
        tell(ada, ada, "is", "");
        tell(vienna, ada, "houses", "");
        assertEquals(List.of("houses", "is", "lives_in"), relations(edges));
        assertEquals(List.of("is", "lives_in"), relations(edges + "?from=" + ada));
        assertEquals(List.of("lives_in"), relations(edges + "?to=" + vienna));
        assertEquals(List.of("is"), relations(edges + "?relation=is&from=" + ada + "&to=" + ada));
        assertEquals(List.of("houses", "is", "lives_in"), relations(edges + "?asOf=2025-01-01T00:00:00Z"));
        assertEquals(List.of("houses", "is", "lives_in"), relations(edges + "?asOf=2025-12-31T23:59:59.999999999Z"));
        assertEquals(List.of("houses", "is"), relations(edges + "?asOf=2026-01-01T00:00:00Z"));
        JsonNode first = api.get(edges + "?limit=2").json();
        String cursor = first.path("nextCursor").asString();
        assertEquals(List.of("lives_in"), relations(edges + "?limit=2&cursor=" + cursor));
        assertEquals(
                400, api.get(edges + "?limit=2&relation=is&cursor=" + cursor).status());
    }

    @Test
    void answersWhatSurroundsANode() {
        String austria = node("Austria");
        tell(ada, vienna, "lives_in", "");
        tell(vienna, austria, "lies_in", ",\"validFrom\":\"1000-01-01T00:00:00Z\"");
        JsonNode one = api.get(around(ada, "")).json();
        assertEquals(List.of("Vienna"), one.path("items").findValuesAsString("content"));
        assertEquals("1", one.at("/items/0/depth").toString());
        assertEquals(List.of("lives_in"), one.path("edges").findValuesAsString("relation"));
        assertEquals("false", one.path("truncated").toString());
        JsonNode two = api.get(around(ada, "?depth=2")).json();
        assertEquals(List.of("Vienna", "Austria"), two.path("items").findValuesAsString("content"));
        assertEquals(List.of("lives_in", "lies_in"), two.path("edges").findValuesAsString("relation"));
        assertEquals(
                1,
                api.get(around(ada, "?depth=3&relation=lives_in"))
                        .json()
                        .path("items")
                        .size());
        assertEquals(
                2,
                api.get(around(ada, "?depth=3&relation=lives_in&relation=lies_in&direction=out"))
                        .json()
                        .path("items")
                        .size());
        assertEquals(
                0,
                api.get(around(ada, "?depth=3&direction=in"))
                        .json()
                        .path("items")
                        .size());
        assertEquals(
                1,
                api.get(around(ada, "?depth=3&asOf=0999-12-31T23:59:59Z"))
                        .json()
                        .path("items")
                        .size());
        JsonNode cut = api.get(around(vienna, "?limit=1")).json();
        assertEquals(List.of("Austria"), cut.path("items").findValuesAsString("content"));
        assertEquals("true", cut.path("truncated").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?depth=0",
                "?depth=4",
                "?limit=0",
                "?limit=201",
                "?direction=up",
                "?asOf=now",
                "?relation=",
                "?cursor=x",
            })
    void refusesAQuestionThatCannotBe(String query) {
        assertEquals(400, api.get(around(ada, query)).status());
    }

    @Test
    void knowsNoNodeThatIsNotThere() {
        Reply reply = api.get(around(NOBODY, ""));
        assertEquals(404, reply.status());
        assertEquals("There is no such node.", reply.json().path("detail").asString());
    }
}

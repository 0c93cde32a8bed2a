package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.adapter.http.TestApi.Reply;

class EventContractTest {
    private final TestApi api = TestApi.whole();
    private String events = "";

    @BeforeEach
    void createAgent() {
        events = api.post("/agents", "{\"name\":\"a\"}").header("Location") + "/events";
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void recordsAnEventAndShowsItAsItWasSent() {
        String payload = "{ \"b\" : 1.50, \"text\":\"Zoë \\\"🦄\\\" \\u00e9\", \"n\":12345678901234567890123 }";
        Reply created = api.post(
                events,
                "{\"type\":\"message\",\"payload\":" + payload
                        + ",\"occurredAt\":\"2026-05-04T12:00:00.123456789+02:00\",\"sessionId\":\"s\"}");
        assertEquals(201, created.status(), created::body);
        assertTrue(created.body().contains("\"payload\":" + payload + ","), created::body);
        JsonNode event = created.json();
        assertEquals(1, event.path("seq").asInt());
        assertEquals("2026-05-04T10:00:00.123456Z", event.path("occurredAt").asString());
        assertEquals(events + "/" + event.path("id").asString(), created.header("Location"));
        assertEquals(created.body(), api.get(created.header("Location")).body());
    }

    @Test
    void answersWithTheFirstWhenSentAgain() {
        String body = "{\"type\":\"message\",\"payload\":{\"a\":1},\"externalId\":\"e1\"}";
        Reply first = api.post(events, body);
        Reply second = api.post(events, "{\"type\":\"other\",\"payload\":{\"a\":2},\"externalId\":\"e1\"}");
        assertEquals(201, first.status());
        assertEquals(200, second.status());
        assertEquals(first.body(), second.body());
        assertEquals("", second.header("Location"));
    }

    @Test
    void recordsABatchInItsOrder() {
        Reply reply = api.post(events + "/batch", batch(0, 3));
        assertEquals(201, reply.status(), reply::body);
        assertEquals(
                "[1,2,3]",
                reply.json().path("items").findValues("seq").toString().replace(" ", ""));
        Reply again = api.post(events + "/batch", batch(1, 5));
        assertEquals(201, again.status());
        assertEquals(
                "[false, false, true, true]",
                again.json().path("items").findValues("created").toString());
        assertEquals(200, api.post(events + "/batch", batch(0, 5)).status());
        assertEquals(5, api.get(events).json().path("items").size());
    }

    @Test
    void takesABatchAsLinesToo() {
        String lines = """
                {"type":"message","payload":{ "text":"one\\n🦄" },"externalId":"e1"}\r

                \t {"type":"message","payload":{"a":1.0}}
                {"type":"message","payload":{},"externalId":"e1"}""";
        Reply reply = api.post(events + "/batch", lines, "Content-Type", "application/x-ndjson; charset=utf-8");
        assertEquals(201, reply.status(), reply::body);
        assertEquals(
                "[true, true, false]",
                reply.json().path("items").findValues("created").toString());
        assertTrue(api.get(events + "?order=asc").body().contains("\"payload\":{ \"text\":\"one\\n🦄\" }"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "~ | validation /events empty",
                "{A}~{\"type\":1,\"payload\":{}} | validation /events/1/type wrong-type",
                "{A}~~{\"payload\":{},\"type\":\" \"} | validation /events/1/type malformed",
                "{A}~{\"type\":\"a\",\"payload\":{\"x\":1,\"x\":1}} | validation /events/1/payload/x duplicate",
                "{A}~{\"type\":\"a\", | malformed-json /events/1/type malformed",
                "{A} {A} | malformed-json /events/0 malformed",
                "{A},{A} | malformed-json /events/0 malformed",
                "{\"type\":~\"a\",\"payload\":{}} | malformed-json /events/0/type malformed",
                "[{A}] | validation /events/0 wrong-type",
                "{A}~7 | validation /events/1 wrong-type",
            })
    void namesTheItemWhoseLineIsWrong(String lines, String problem) {
        String body = lines.replace("~", "\n").replace("{A}", "{\"type\":\"a\",\"payload\":{}}");
        assertEquals(
                problem,
                api.post(events + "/batch", body, "Content-Type", "application/x-ndjson")
                        .problem());
        assertEquals(0, api.get(events).json().path("items").size());
    }

    @Test
    void namesTheLineThatIsNoJson() {
        Reply reply = api.post(events + "/batch", "\n\n{\"type\"", "Content-Type", "application/x-ndjson");
        assertEquals(
                "Line 3 of the body is not well-formed JSON.",
                reply.json().path("detail").asString());
    }

    @Test
    void takesLinesOnlyWhereThereAreMany() {
        assertEquals(
                415,
                api.post(events, "{}", "Content-Type", "application/x-ndjson").status());
    }

    @Test
    void recordsAllOrNothing() {
        Reply reply = api.post(
                events + "/batch",
                "{\"events\":[{\"type\":\"a\",\"payload\":{}},{\"type\":\" \",\"payload\":{},\"sessionId\":\"\"},"
                        + "{\"type\":\"a\",\"payload\":{},\"externalId\":\" \"}]}");
        assertEquals(400, reply.status());
        List<String> pointers = reply.json().path("errors").findValuesAsString("pointer");
        assertEquals(List.of("/events/1/type", "/events/1/sessionId", "/events/2/externalId"), pointers);
        assertEquals(0, api.get(events).json().path("items").size());
    }

    @Test
    void takesAThousandEventsAndNoMore() {
        assertEquals(201, api.post(events + "/batch", batch(0, 1_000)).status());
        assertEquals(
                "validation /events too-many",
                api.post(events + "/batch", batch(0, 1_001)).problem());
        assertEquals(
                "validation /events empty",
                api.post(events + "/batch", "{\"events\":[]}").problem());
    }

    @Test
    void pagesInBothOrders() {
        api.post(events + "/batch", batch(0, 7));
        assertEquals(List.of(7L, 6L, 5L, 4L, 3L, 2L, 1L), seqs("?limit=3"));
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L), seqs("?limit=3&order=asc"));
        assertEquals(List.of(6L, 7L), seqs("?limit=1&order=asc&after=5"));
        assertEquals(List.of(7L, 6L), seqs("?limit=1&order=desc&after=5"));
    }

    @Test
    void filtersByTypeSessionAndTime() {
        for (String event : List.of(
                "{\"type\":\"a\",\"payload\":{},\"sessionId\":\"s1\",\"occurredAt\":\"2026-05-04T10:00:00Z\"}",
                "{\"type\":\"b\",\"payload\":{},\"sessionId\":\"s1\",\"occurredAt\":\"2026-05-04T11:00:00Z\"}",
                "{\"type\":\"c\",\"payload\":{},\"sessionId\":\"s2\",\"occurredAt\":\"2026-05-04T12:00:00Z\"}")) {
            assertEquals(201, api.post(events, event).status());
        }
        assertEquals(List.of(3L, 1L), seqs("?type=a&type=c"));
        assertEquals(List.of(2L, 1L), seqs("?sessionId=s1"));
        assertEquals(List.of(2L), seqs("?from=2026-05-04T11:00:00Z&to=2026-05-04T12:00:00Z"));
        assertEquals(List.of(3L), seqs("?from=2026-05-04T14:00:00%2B02:00"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"payload\":{}} | /type required",
                "{\"type\":\"a\"} | /payload required",
                "{\"type\":\"a\",\"payload\":null} | /payload required",
                "{\"type\":\"a\",\"payload\":[]} | /payload wrong-type",
                "{\"type\":\"a\",\"payload\":\"{}\"} | /payload wrong-type",
                "{\"type\":\"a b\",\"payload\":{}} | /type malformed",
                "{\"type\":\"a\",\"payload\":{},\"occurredAt\":\"2026-05-04\"} | /occurredAt malformed",
                "{\"type\":\"a\",\"payload\":{},\"occurredAt\":1} | /occurredAt wrong-type",
                "{\"type\":\"a\",\"payload\":{},\"seq\":1} | /seq unknown",
                "{\"type\":\"a\",\"payload\":{\"x\":1,\"x\":2}} | /payload/x duplicate",
                "{\"type\":\"a\",\"payload\":{\"x\":\"\\u0000\"}} | /payload/x nul",
            })
    void namesWhatIsWrongWithAnEvent(String body, String mistake) {
        assertEquals("validation " + mistake, api.post(events, body).problem());
        assertEquals(
                "validation /events/0" + mistake,
                api.post(events + "/batch", "{\"events\":[" + body + "]}").problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"order=up", "after=-1", "after=x", "from=x", "sessionId=", "type=", "kind=a"})
    void namesTheParameterThatIsWrong(String query) {
        Reply reply = api.get(events + "?" + query);
        assertEquals(400, reply.status());
        assertEquals(
                query.substring(0, query.indexOf('=')),
                reply.json().at("/errors/0/parameter").asString());
    }

    @Test
    void boundsThePayload() {
        String fits = "{\"t\":\"" + "é".repeat(2_000_000 - 8) + "\"}";
        assertEquals(
                201,
                api.post(events, "{\"type\":\"a\",\"payload\":" + fits + "}").status());
        String larger = "{\"t\":\"" + "é".repeat(2_000_000 - 7) + "\"}";
        assertEquals(
                "validation /payload too-long",
                api.post(events, "{\"type\":\"a\",\"payload\":" + larger + "}").problem());
    }

    @Test
    void doesNotTakeACursorOfAnotherAgent() {
        api.post(events + "/batch", batch(0, 3));
        String cursor = api.get(events + "?limit=1").json().path("nextCursor").asString();
        String other = api.post("/agents", "{\"name\":\"b\"}").header("Location") + "/events";
        assertEquals(
                "invalid-cursor cursor invalid",
                api.get(other + "?limit=1&cursor=" + cursor).problem());
    }

    @Test
    void takesAnyNumberThatJavaScriptWritesExactly() {
        assertEquals(200, api.get(events + "?after=9007199254740991").status());
        assertEquals(
                "validation after out-of-range",
                api.get(events + "?after=9007199254740992").problem());
    }

    private List<Long> seqs(String query) {
        List<Long> seqs = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = api.get(events + query + cursor).json();
            page.path("items").forEach(event -> seqs.add(event.path("seq").asLong()));
            cursor = page.path("nextCursor").isNull()
                    ? null
                    : "&cursor=" + page.path("nextCursor").asString();
        }
        return seqs;
    }

    private static String batch(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{\"type\":\"message\",\"payload\":{\"i\":" + i + "},\"externalId\":\"e" + i + "\"}")
                .collect(Collectors.joining(",", "{\"events\":[", "]}"));
    }
}

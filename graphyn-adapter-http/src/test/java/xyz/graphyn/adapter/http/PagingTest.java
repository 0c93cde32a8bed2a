package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.adapter.http.TestApi.Reply;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagingTest {
    private TestApi api;

    @BeforeAll
    void start() {
        api = new TestApi(new TestEndpoints().all());
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @Test
    void leadsThroughAListPageByPage() {
        List<String> seen = new ArrayList<>();
        String cursor = "";
        while (cursor != null) {
            JsonNode page = api.get("/things?limit=3&q=ada" + cursor).json();
            page.path("items").forEach(item -> seen.add(item.asString()));
            cursor = page.path("nextCursor").isNull()
                    ? null
                    : "&cursor=" + page.path("nextCursor").asString();
        }
        assertEquals(IntStream.range(0, 10).mapToObj(String::valueOf).toList(), seen);
    }

    @Test
    void saysAtTheEndThatNothingFollows() {
        assertEquals(
                "{\"items\":[\"0\",\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\"],\"nextCursor\":null}",
                api.get("/things?limit=10").body());
    }

    @Test
    void takesACursorWithTheSameFilterInAnotherOrder() {
        String cursor = cursor("/things?limit=1&type=a&type=b&q=x");
        assertEquals(
                200,
                api.get("/things?q=x&cursor=" + cursor + "&type=b&type=a&limit=2")
                        .status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=y&type=a",
                "q=x&type=b",
                "q=x",
                "type=a",
                "q=x&type=a&type=b",
                "q=x&type=a&from=2026-05-08T13:56:00Z",
                ""
            })
    void refusesACursorOfAnotherFilter(String filter) {
        String cursor = cursor("/things?limit=1&q=x&type=a");
        assertInvalid(api.get("/things?" + filter + "&cursor=" + cursor));
    }

    @Test
    void refusesACursorOfAnotherOrganization() {
        String cursor = cursor("/things?limit=1");
        assertInvalid(api.get("/things?cursor=" + cursor, "Authorization", "Bearer admin.ada.2"));
        assertEquals(
                200,
                api.get("/things?cursor=" + cursor, "Authorization", "Bearer viewer.vic.1")
                        .status());
    }

    @Test
    void refusesEveryCursorOfWhichACharacterWasChanged() {
        String cursor = cursor("/things?limit=1");
        for (int i = 0; i < cursor.length(); i++) {
            for (char c : new char[] {'A', 'b', '_', '9'}) {
                String forged = cursor.substring(0, i) + c + cursor.substring(i + 1);
                if (!forged.equals(cursor)) {
                    assertInvalid(api.get("/things?cursor=" + forged));
                }
            }
            assertInvalid(api.get("/things?cursor=" + cursor.substring(0, i) + cursor.substring(i + 1)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "null",
                "AQ",
                "%F0%9F%A6%84",
                "MDAw",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "a%20b",
                "../.."
            })
    void refusesWhatIsNoCursor(String cursor) {
        assertInvalid(api.get("/things?cursor=" + cursor));
    }

    @Test
    void refusesAnEndlessCursor() {
        assertInvalid(api.get("/things?cursor=" + "A".repeat(512)));
        assertEquals(
                "validation cursor too-long",
                api.get("/things?cursor=" + "A".repeat(513)).problem());
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit out-of-range",
        "limit=-1, limit out-of-range",
        "limit=201, limit out-of-range",
        "limit=1000000000, limit out-of-range",
        "limit=99999999999999999999, limit out-of-range",
        "limit=abc, limit malformed",
        "limit=1.5, limit malformed",
        "limit=, limit malformed",
        "limit, limit malformed",
        "limit=%D9%A3, limit malformed",
        "limit=1&limit=2, limit repeated",
        "limt=1, limt unknown",
        "q=, q blank",
        "q=%20, q blank",
        "q=abcdefghijk, q too-long",
        "q=a%00, q nul",
        "q=%ff, q malformed",
        "q=%ed%a0%80, q malformed",
        "from=yesterday, from malformed",
        "from=2026-05-08, from malformed",
        "type=a&type=b&type=c&type=d, type too-many",
        "organizationId=1, organizationId unknown",
    })
    void namesTheParameterThatIsWrong(String query, String mistake) {
        Reply reply = api.get("/things?" + query);
        assertEquals(400, reply.status());
        assertEquals("validation " + mistake, reply.problem());
    }

    @ParameterizedTest
    @ValueSource(strings = {"q=%zz", "q=%2", "q=%", "q=%+1"})
    void refusesBrokenEscapes(String query) {
        String answer = RawSocket.exchange(
                api.server().port(),
                RawSocket.head(
                        "GET /things?" + query + " HTTP/1.1", "Host: a", "Authorization: Bearer " + TestApi.ADA));
        assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        assertTrue(answer.contains("\"parameter\":\"q\",\"code\":\"malformed\""), answer);
    }

    @Test
    void namesAllParametersThatAreWrong() {
        JsonNode errors = api.get("/things?limit=0&q=&x=1").json().path("errors");
        assertEquals(3, errors.size(), errors::toString);
    }

    @Test
    void readsTextInTheQueryAsUtf8() {
        assertEquals(200, api.get("/things?q=%F0%9F%A6%84+%26").status());
    }

    private String cursor(String path) {
        Reply reply = api.get(path);
        assertEquals(200, reply.status(), reply::body);
        String cursor = reply.json().path("nextCursor").asString();
        assertTrue(cursor.matches("[A-Za-z0-9_-]+"), cursor);
        assertFalse(cursor.contains("ada"));
        return cursor;
    }

    private static void assertInvalid(Reply reply) {
        assertEquals(400, reply.status(), reply::body);
        assertEquals("invalid-cursor cursor invalid", reply.problem());
    }
}

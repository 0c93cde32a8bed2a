package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.adapter.http.TestApi.Reply;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutingTest {
    private static final String THING = "/agents/" + TestEndpoints.AGENT + "/thing";

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
    void answersWithTheHeadersThatEveryAnswerHas() {
        Reply reply = api.get("/open");
        assertEquals(200, reply.status());
        assertEquals("{\"word\":\"open\"}", reply.body());
        Map<String, String> expected = Map.of(
                "Content-Type", "application/json",
                "Content-Length", "15",
                "Cache-Control", "no-store",
                "X-Content-Type-Options", "nosniff",
                "Referrer-Policy", "no-referrer",
                "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        expected.forEach((name, value) -> assertEquals(value, reply.header(name), name));
        for (String absent : new String[] {"Server", "X-Powered-By", "Set-Cookie", "Strict-Transport-Security"}) {
            assertEquals("", reply.header(absent), absent);
        }
        assertFalse(reply.header("X-Request-Id").isEmpty());
    }

    @Test
    void takesOverARequestIdThatIsFitForALog() {
        assertEquals("Run.7_a-b", api.get("/open", "X-Request-Id", "Run.7_a-b").header("X-Request-Id"));
        assertEquals(
                "x",
                api.get("/fault", "X-Request-Id", "x").json().path("requestId").asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "ä",
                "a\tb",
                "{\"a\":1}",
                "aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff12345"
            })
    void makesItsOwnRequestIdWhereTheClientsIsNot(String unfit) {
        assertTrue(api.get("/open", "X-Request-Id", unfit)
                .header("X-Request-Id")
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/", "/open/", "/OPEN", "/things/", "/agents", "/open;a=b"})
    void knowsNoOtherPaths(String path) {
        Reply reply = api.get(path);
        assertEquals(404, reply.status(), reply::body);
        assertEquals("not-found", reply.problem());
        assertEquals("application/problem+json", reply.header("Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%2e%2e/open",
                "/open%00",
                "/op%65n%2f",
                "/%zz",
                "/%ff",
                "/open%5c",
                "/a/../open",
                "/./open",
                "//open",
                "/open//",
                "/agents//thing"
            })
    void refusesPathsThatTwoReadersMightReadInTwoWays(String path) {
        Reply reply = api.send("GET", "/open", null);
        assertEquals(200, reply.status());
        String answer = RawSocket.exchange(api.server().port(), "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 400 ") || answer.startsWith("HTTP/1.1 404 "), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "1", "01935c3e-9a70-7c4b-8f5e-2f6f0c7d1b3", "1-1-1-1-1", "%00", "a%20b"})
    void takesAnIdOfTheWrongFormForOneThatNobodyHas(String id) {
        Reply reply = api.get("/agents/" + id + "/thing");
        assertEquals(id.equals("%00") ? 400 : 404, reply.status(), reply::body);
    }

    @Test
    void readsIds() {
        assertEquals(
                "{\"word\":\"" + TestEndpoints.AGENT + "\"}", api.get(THING).body());
        assertEquals(
                api.get(THING).body(),
                api.get(THING.toUpperCase(Locale.ROOT)
                                .replace("AGENTS", "agents")
                                .replace("THING", "thing"))
                        .body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /open | GET, HEAD, OPTIONS",
                "PUT | /things | GET, HEAD, OPTIONS, POST",
                "PATCH | /agents/01935c3e-9a70-7c4b-8f5e-2f6f0c7d1b3a/thing | DELETE, GET, HEAD, OPTIONS",
                "FOO | /things | GET, HEAD, OPTIONS, POST",
                "QUERY | /things | GET, HEAD, OPTIONS, POST",
                "TRACE | /open | GET, HEAD, OPTIONS",
                "HEAD | /things/batch | OPTIONS, POST",
                "BEFORE | /open | GET, HEAD, OPTIONS",
            })
    void saysWhatCanBeDoneWhereTheMethodDoesNotFit(String method, String path, String allow) {
        Reply reply = api.send(method, path, null);
        assertEquals(405, reply.status());
        assertEquals(allow, reply.header("Allow"));
        if (!method.equals("HEAD")) {
            assertEquals("method-not-allowed", reply.problem());
        }
    }

    @Test
    void answersHeadLikeGetWithoutItsBody() {
        Reply head = api.send("HEAD", "/things", null);
        Reply get = api.get("/things");
        assertEquals(200, head.status());
        assertEquals("", head.body());
        assertEquals(get.header("Content-Length"), head.header("Content-Length"));
        assertEquals(get.header("Content-Type"), head.header("Content-Type"));
        assertEquals(
                401,
                api.send("HEAD", "/things", null, "Authorization", "Bearer no").status());
    }

    @Test
    void tellsEverybodyTheOptions() {
        Reply reply = api.send("OPTIONS", "/things", null, "Authorization", "none");
        assertEquals(204, reply.status());
        assertEquals("GET, HEAD, OPTIONS, POST", reply.header("Allow"));
        assertEquals("", reply.header("Content-Type"));
    }

    @Test
    void doesNotLetAHeaderChangeTheMethod() {
        Reply reply = api.get(THING, "X-HTTP-Method-Override", "DELETE");
        assertEquals(200, reply.status());
    }

    @Test
    void answers204WithoutABody() {
        Reply reply = api.send("DELETE", THING, null);
        assertEquals(204, reply.status());
        assertEquals("", reply.body());
        assertEquals("", reply.header("Content-Type"));
    }

    @Test
    void tellsNothingOfAFaultButItsRequestId() {
        Reply reply = api.get("/fault");
        assertEquals(500, reply.status());
        assertEquals("internal", reply.problem());
        assertFalse(reply.body().contains("s3cret"), reply::body);
        assertFalse(reply.body().contains("Exception"), reply::body);
        assertEquals(
                reply.header("X-Request-Id"), reply.json().path("requestId").asString());
    }

    @Test
    void outlivesARequestThatRunsOutOfStack() {
        assertEquals(500, api.get("/overflow").status());
        assertEquals(200, api.get("/open").status());
    }

    @Test
    void saysWhenToComeAgain() {
        Reply reply = api.get("/busy");
        assertEquals(503, reply.status());
        assertEquals("2", reply.header("Retry-After"));
        assertEquals("unavailable", reply.problem());
    }

    @Test
    void writesProblemsAsTheStandardSays() {
        Reply reply = api.get("/invalid", "X-Request-Id", "r1");
        assertEquals(400, reply.status());
        assertEquals("application/problem+json", reply.header("Content-Type"));
        assertEquals("""
                {"type":"https://graphyn.xyz/problems/validation","title":"The request is not valid","status":400,\
                "code":"validation","detail":"There is one mistake in the request.","instance":"/invalid",\
                "requestId":"r1","errors":[{"pointer":"/events/3/type","code":"too-long","message":"must be shorter"}]}""", reply.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | 200",
                "*/* | 200",
                "application/* | 200",
                "text/html, application/json;q=0.1 | 200",
                "Application/JSON; charset=utf-8 | 200",
                "text/html | 406",
                "application/json;q=0 | 406",
                "application/xml, text/* | 406",
            })
    void answersInJsonOrNotAtAll(String accept, int status) {
        Reply reply = api.get("/things", "Accept", accept);
        assertEquals(status, reply.status());
        if (status == 406) {
            assertEquals("not-acceptable", reply.problem());
        }
    }

    @Test
    void sparesClientsWhatTheyHave() {
        assertEquals("\"v1\"", api.get("/tagged").header("ETag"));
        Reply reply = api.get("/tagged", "If-None-Match", "\"v1\"");
        assertEquals(304, reply.status());
        assertEquals("", reply.body());
        assertEquals(200, api.get("/tagged", "If-None-Match", "\"v0\"").status());
    }
}

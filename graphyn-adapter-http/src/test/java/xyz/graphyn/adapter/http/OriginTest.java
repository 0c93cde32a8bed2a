package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose pages may open a stream, and read an answer. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OriginTest {
    private StreamServer server;

    @BeforeAll
    void start() {
        server = new StreamServer();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private String upgrade(String origin) {
        return RawSocket.exchangeUntilClosed(
                server.port(), RawFrames.upgrade("Origin: " + origin, "Connection: close") + "\u0088\u0080\1\2\3\4");
    }

    private String stream(String origin) {
        return RawSocket.exchange(
                server.port(),
                RawSocket.head(
                        "HEAD /agents/" + server.agent() + "/events/stream HTTP/1.1",
                        "Host: localhost",
                        "Authorization: Bearer " + TestApi.ADA,
                        "Origin: " + origin));
    }

    @ParameterizedTest
    @ValueSource(strings = {TestApi.FRIEND, "https://FRIEND.example:443", "http://localhost"})
    void letsPagesOfAllowedOriginsStream(String origin) {
        assertTrue(upgrade(origin).startsWith("HTTP/1.1 101 "), () -> upgrade(origin));
        assertTrue(stream(origin).startsWith("HTTP/1.1 200 "), () -> stream(origin));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "http://friend.example",
                "https://friend.example.evil.example",
                "https://friend.example:8443",
                "https://evil.example/https://friend.example",
                "http://localhost:81",
                "https://localhost:80@evil.example",
                "file://",
                "*"
            })
    void refusesAllOthersBeforeTheUpgrade(String origin) {
        String refusal = upgrade(origin);
        assertTrue(refusal.startsWith("HTTP/1.1 403 "), refusal);
        assertTrue(refusal.contains("\"code\":\"not-allowed\""), refusal);
        assertTrue(stream(origin).startsWith("HTTP/1.1 403 "), () -> stream(origin));
    }

    @Test
    void refusesAnythingInTheAddress() {
        String refusal = RawSocket.exchangeUntilClosed(
                server.port(), RawFrames.upgrade("Connection: close").replace("/stream ", "/stream?token=s3cret "));
        assertTrue(refusal.startsWith("HTTP/1.1 400 "), refusal);
        assertTrue(refusal.contains("{\"parameter\":\"token\",\"code\":\"unknown\""), refusal);
    }

    @Test
    void refusesABadTokenBeforeTheUpgrade() {
        String refusal = RawSocket.exchangeUntilClosed(
                server.port(), RawFrames.upgrade("Authorization: Bearer bad", "Connection: close"));
        assertTrue(refusal.startsWith("HTTP/1.1 401 "), refusal);
        assertTrue(refusal.contains("WWW-Authenticate: Bearer"), refusal);
    }

    @Test
    void asksForAnUpgradeWhereThereIsNone() {
        TestApi.Reply plain = server.api().get("/stream");
        assertEquals(426, plain.status());
        assertEquals("upgrade-required", plain.problem());
        assertEquals("websocket", plain.header("Upgrade"));
        String old = RawSocket.exchange(
                server.port(),
                RawFrames.upgrade("Authorization: Bearer " + TestApi.ADA).replace("Version: 13", "Version: 8"));
        assertTrue(old.startsWith("HTTP/1.1 426 "), old);
        assertTrue(old.contains("Sec-WebSocket-Version: 13"), old);
    }

    @Test
    void servesOtherPathsAsIfNoUpgradeWereAskedFor() {
        String answer = RawSocket.exchange(server.port(), RawFrames.upgrade().replace("/stream ", "/health/live "));
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }

    @Test
    void refusesABadHandshakeAsAProblem() {
        String answer =
                RawSocket.exchange(server.port(), RawFrames.upgrade().replaceAll("Sec-WebSocket-Key.*\r\n", ""));
        assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
    }

    @Test
    void letsPagesOfAllowedOriginsReadAnswersAndProblems() {
        TestApi.Reply answer = server.api().get("/agents", "Origin", TestApi.FRIEND);
        assertEquals(TestApi.FRIEND, answer.header("Access-Control-Allow-Origin"));
        assertEquals(
                "Location, Retry-After, X-Request-Id, Graphyn-Masked", answer.header("Access-Control-Expose-Headers"));
        assertEquals("", answer.header("Access-Control-Allow-Credentials"));
        assertEquals("Origin", answer.header("Vary"));
        TestApi.Reply problem = server.api().get("/agents", "Origin", TestApi.FRIEND, "Authorization", "Bearer bad");
        assertEquals(401, problem.status());
        assertEquals(TestApi.FRIEND, problem.header("Access-Control-Allow-Origin"));
        TestApi.Reply other = server.api().get("/agents", "Origin", "https://evil.example");
        assertEquals(200, other.status());
        assertEquals("", other.header("Access-Control-Allow-Origin"));
        assertEquals("Origin", other.header("Vary"));
    }

    @Test
    void answersWhatBrowsersAskBeforeARequest() {
        TestApi.Reply allowed = preflight(TestApi.FRIEND);
        assertEquals(204, allowed.status());
        assertEquals(TestApi.FRIEND, allowed.header("Access-Control-Allow-Origin"));
        assertEquals("GET, HEAD, OPTIONS, POST", allowed.header("Access-Control-Allow-Methods"));
        assertEquals(
                "Authorization, Content-Type, Idempotency-Key, Last-Event-ID",
                allowed.header("Access-Control-Allow-Headers"));
        TestApi.Reply other = preflight("https://evil.example");
        assertEquals(204, other.status());
        assertEquals("", other.header("Access-Control-Allow-Origin"));
        assertEquals("", other.header("Access-Control-Allow-Methods"));
    }

    private TestApi.Reply preflight(String origin) {
        return server.api()
                .send(
                        "OPTIONS",
                        "/agents",
                        null,
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "authorization");
    }
}

package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.adapter.http.TestApi.Reply;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticationTest {
    private final TestEndpoints endpoints = new TestEndpoints();
    private TestApi api;

    @BeforeAll
    void start() {
        api = new TestApi(endpoints.all());
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @Test
    void asksForATokenWhereNoneWasSent() {
        String answer = RawSocket.exchange(api.server().port(), "GET /things HTTP/1.1\r\nHost: a\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        assertTrue(answer.contains("WWW-Authenticate: Bearer realm=\"graphyn\"\r\n"), answer);
        assertTrue(answer.contains("\"code\":\"unauthenticated\""), answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer nonsense",
                "Bearer",
                "Bearer ",
                "Bearer a b",
                "Bearer a,b",
                "Bearer admin.ada.1 ,Bearer admin.ada.1",
                "Bearer admin.ada.1\u00e4"
            })
    void refusesWhatIsNoToken(String header) {
        String answer = RawSocket.exchange(
                api.server().port(), "GET /things HTTP/1.1\r\nHost: a\r\nAuthorization: " + header + "\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        assertTrue(answer.contains("WWW-Authenticate: Bearer realm=\"graphyn\", error=\"invalid_token\"\r\n"), answer);
        assertFalse(answer.contains("nonsense"), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWRhOnNlY3JldA==", "admin.ada.1", "Bearerr admin.ada.1"})
    void asksForATokenWhereSomethingElseWasSent(String header) {
        Reply reply = api.get("/things", "Authorization", header);
        assertEquals(401, reply.status());
        assertEquals("Bearer realm=\"graphyn\"", reply.header("WWW-Authenticate"));
    }

    @Test
    void refusesTwoTokens() {
        String answer = RawSocket.exchange(
                api.server().port(),
                RawSocket.head(
                        "GET /things HTTP/1.1",
                        "Host: a",
                        "Authorization: Bearer " + TestApi.ADA,
                        "Authorization: Bearer " + TestApi.ADA));
        assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
    }

    @Test
    void saysThatATokenHasExpired() {
        Reply reply = api.get("/things", "Authorization", "bearer expired");
        assertEquals(401, reply.status());
        assertTrue(reply.header("WWW-Authenticate").contains("expired"), reply.header("WWW-Authenticate"));
    }

    @Test
    void asksNobodyWhereEverybodyMayCome() {
        assertEquals(200, api.get("/open", "Authorization", "Bearer nonsense").status());
    }

    @Test
    void looksAtTheRoleBeforeTheBody() {
        Reply reply = api.post("/things", "no json", "Authorization", "Bearer viewer.vic.1");
        assertEquals(403, reply.status());
        assertEquals("not-allowed", reply.problem());
        assertEquals(0, endpoints.made());
    }

    @Test
    void answersBeforeTheBodyCame() {
        try (RawSocket socket = new RawSocket(api.server().port())) {
            socket.send(RawSocket.head(
                    "POST /things HTTP/1.1",
                    "Host: a",
                    "Content-Type: application/json",
                    "Content-Length: 10000000",
                    "Expect: 100-continue"));
            String answer = socket.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        }
    }

    @Test
    void answersWhileALargeBodyIsStillComing() {
        try (RawSocket socket = new RawSocket(api.server().port())) {
            socket.send(RawSocket.head(
                            "POST /things HTTP/1.1",
                            "Host: a",
                            "Content-Type: application/json",
                            "Content-Length: 10000000")
                    + " ".repeat(1_000));
            String answer = socket.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
        }
    }

    @Test
    void isHeardByAClientThatSendsItsWholeBodyFirst() {
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    401,
                    api.post("/things", " ".repeat(10_000_000), "Authorization", "Bearer no")
                            .status());
        }
    }

    @Test
    void wantsATokenBeforeItTellsWhetherSomethingIsThere() {
        String known = RawSocket.exchange(
                api.server().port(), "GET /agents/" + TestEndpoints.AGENT + "/thing HTTP/1.1\r\nHost: a\r\n\r\n");
        String unknown =
                RawSocket.exchange(api.server().port(), "GET /agents/nobody/thing?x=1 HTTP/1.1\r\nHost: a\r\n\r\n");
        assertTrue(known.startsWith("HTTP/1.1 401 ") && unknown.startsWith("HTTP/1.1 401 "), known + unknown);
    }
}

package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawHttpTest {
    private static final String AUTHORIZATION = "Authorization: Bearer " + TestApi.ADA;

    private TestApi api;

    @BeforeAll
    void start() {
        api = new TestApi(new TestEndpoints().all());
    }

    @AfterAll
    void stop() {
        api.close();
    }

    /** What a proxy before us may read as two requests where we read one, or the other way round (RFC 9112, 6.3 and 11.2). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5|Transfer-Encoding: chunked||0||GET /open HTTP/1.1|Host: a||",
                "Transfer-Encoding: chunked|Content-Length: 5||0||GET /open HTTP/1.1|Host: a||",
                "Content-Length: 5|Content-Length: 6||aaaaaa",
                "Content-Length: 5, 6||aaaaaa",
                "Content-Length: +5||aaaaa",
                "Content-Length: -5||aaaaa",
                "Content-Length: 0x5||aaaaa",
                "Content-Length: 99999999999999999999||aaaaa",
                "Transfer-Encoding: chunked, identity||0||",
                "Transfer-Encoding: xchunked||0||",
                "Transfer-Encoding : chunked||0||",
                "X-Folded: a| b||",
                "X-Nul: a\0b||",
                "X Space: a||",
                "No-Colon||",
                "Host: b||",
            })
    void refusesWhatTwoReadersMightReadInTwoWays(String rest) {
        String answer = RawSocket.exchangeUntilClosed(
                api.server().port(),
                "POST /things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + AUTHORIZATION + "\r\n"
                        + rest.replace("|", "\r\n"));
        assertRefused(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /open HTTP/1.1|||",
                "GET /open HTTP/1.1\nHost: a\n\n",
                "GET /open HTTP/9.9|Host: a||",
                "GE(T /open HTTP/1.1|Host: a||",
                "GET /open|||",
                "GET /op en HTTP/1.1|Host: a||",
                "GET /op\u00e4n HTTP/1.1|Host: a||",
                "\u0016\u0003\u0001|||",
            })
    void refusesWhatIsNoHttp(String request) {
        assertRefused(RawSocket.exchangeUntilClosed(api.server().port(), request.replace("|", "\r\n")));
    }

    private static void assertRefused(String answer) {
        assertTrue(answer.matches("(?s)HTTP/1.1 (400|426|505) .*"), answer);
        assertTrue(answer.contains("Content-Type: application/problem+json\r\n"), answer);
        assertTrue(
                answer.contains("\"code\":\"malformed-request\"") || answer.contains("\"code\":\"upgrade-required\""),
                answer);
        assertTrue(answer.contains("X-Request-Id: "), answer);
        assertTrue(answer.contains("X-Content-Type-Options: nosniff\r\n"), answer);
        assertFalse(answer.contains("Server:"), answer);
        assertFalse(answer.contains("Jetty") || answer.contains("Exception"), answer);
        assertEquals(1, answer.split("HTTP/1.1 ", -1).length - 1, "one answer to what could be two requests");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Large: ", "Authorization: Bearer ", "Cookie: "})
    void boundsHeaders(String header) {
        String answer = RawSocket.exchangeUntilClosed(
                api.server().port(),
                RawSocket.head("GET /open HTTP/1.1", "Host: a", header + "a".repeat(TestApi.LIMITS.headerBytes())));
        assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
        assertTrue(answer.contains("\"code\":\"headers-too-large\""), answer);
    }

    @Test
    void boundsManySmallHeaders() {
        List<String> lines = new ArrayList<>(List.of("GET /open HTTP/1.1", "Host: a"));
        for (int i = 0; i < 3_000; i++) {
            lines.add("X-" + i + ": a");
        }
        String answer =
                RawSocket.exchangeUntilClosed(api.server().port(), RawSocket.head(lines.toArray(new String[0])));
        assertTrue(answer.startsWith("HTTP/1.1 431 "), answer);
    }

    @Test
    void boundsTheAddress() {
        String answer = RawSocket.exchangeUntilClosed(
                api.server().port(),
                RawSocket.head("GET /open?q=" + "a".repeat(TestApi.LIMITS.headerBytes()) + " HTTP/1.1", "Host: a"));
        assertTrue(answer.startsWith("HTTP/1.1 414 "), answer);
        assertTrue(answer.contains("\"code\":\"uri-too-long\""), answer);
    }

    @Test
    void answersTheAsterisk() {
        String answer = RawSocket.exchange(api.server().port(), RawSocket.head("OPTIONS * HTTP/1.1", "Host: a"));
        assertTrue(answer.startsWith("HTTP/1.1 4"), answer);
        assertTrue(answer.contains("application/problem+json"), answer);
    }

    /** RFC 9110, section 7.8: who does not want to change the protocol answers as if it had not been asked to. */
    @Test
    void answersPlainlyWhereThereIsNoWebSocket() {
        String answer = RawSocket.exchangeUntilClosed(
                api.server().port(),
                RawSocket.head(
                        "GET /open HTTP/1.1",
                        "Host: a",
                        "Connection: Upgrade, close",
                        "Upgrade: websocket",
                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Sec-WebSocket-Version: 13"));
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        assertTrue(answer.contains("{\"word\":\"open\"}"), answer);
    }

    @Test
    void servesManyRequestsOnOneConnection() {
        String request = RawSocket.head("GET /open HTTP/1.1", "Host: a");
        String answers = RawSocket.exchange(api.server().port(), request + request);
        assertTrue(answers.contains("{\"word\":\"open\"}"), answers);
        try (RawSocket socket = new RawSocket(api.server().port())) {
            socket.send(request.repeat(20));
            socket.send(RawSocket.head("GET /open HTTP/1.1", "Host: a", "Connection: close"));
            assertEquals(21, socket.readToEnd().split("HTTP/1.1 200", -1).length - 1);
        }
    }

    @Test
    void cutsOffHeadsThatTrickleWhileOthersAreServed() {
        List<RawSocket> slow = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            RawSocket socket = new RawSocket(api.server().port());
            socket.send(i % 2 == 0 ? "G" : RawSocket.head("GET /open HTTP/1.1", "Host: a") + "G");
            slow.add(socket);
        }
        long end = System.nanoTime() + 10_000_000_000L;
        boolean anyOpen = true;
        while (anyOpen) {
            assertTrue(System.nanoTime() < end, "the server lets heads trickle");
            assertEquals(200, api.get("/open").status());
            anyOpen = false;
            for (RawSocket socket : slow) {
                anyOpen |= socket.send("E");
            }
            LockSupport.parkNanos(20_000_000);
        }
        slow.forEach(RawSocket::close);
    }

    @Test
    void keepsAConnectionThatIsIdleBetweenRequests() {
        String body = "{\"name\":\"a\"}";
        String post = RawSocket.head(
                        "POST /things HTTP/1.1",
                        "Host: a",
                        AUTHORIZATION,
                        "Content-Type: application/json",
                        "Content-Length: " + body.length())
                + body;
        try (RawSocket socket = new RawSocket(api.server().port())) {
            socket.send(post);
            LockSupport.parkNanos(TestApi.LIMITS.headerTimeout().toNanos() * 3);
            socket.send(RawSocket.head("GET /open HTTP/1.1", "Host: a", "Connection: close"));
            String answers = socket.readToEnd();
            assertTrue(answers.startsWith("HTTP/1.1 201 ") && answers.contains("HTTP/1.1 200 "), answers);
        }
    }
}

package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.adapter.http.TestApi.Reply;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BodyBoundsTest {
    private static final String THING = "{\"name\":\"a\"}";
    private static final int BODY = TestApi.LIMITS.bodyBytes();
    private static final int BATCH = TestApi.LIMITS.batchBytes();

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
    void takesABodyThatJustFits() {
        assertEquals(
                201,
                api.post("/things", THING + " ".repeat(BODY - THING.length())).status());
        assertEquals(
                201,
                chunked("/things", THING + " ".repeat(BODY - THING.length())).status());
        String batch = "{\"things\":[]}";
        assertEquals(
                200,
                api.post("/things/batch", batch + " ".repeat(BATCH - batch.length()))
                        .status());
    }

    @Test
    void refusesABodyOfOneByteMore() {
        assertEquals(
                "content-too-large",
                api.post("/things", THING + " ".repeat(BODY - THING.length() + 1))
                        .problem());
        Reply reply = chunked("/things", THING + " ".repeat(BODY - THING.length() + 1));
        assertEquals(413, reply.status());
        assertEquals("content-too-large", reply.problem());
        assertEquals(413, api.post("/things/batch", " ".repeat(BATCH + 1)).status());
    }

    @Test
    void refusesALargeBodyBeforeItCame() {
        String declared = RawSocket.exchangeUntilClosed(
                api.server().port(), head("/things", "Content-Length: 10000000000") + "{");
        assertTrue(declared.startsWith("HTTP/1.1 413 "), declared);
        try (RawSocket socket = new RawSocket(api.server().port())) {
            socket.send(head("/things", "Transfer-Encoding: chunked") + Integer.toHexString(BODY + 1) + "\r\n");
            socket.send(" ".repeat(BODY + 1));
            String endless = socket.readToEnd();
            assertTrue(endless.startsWith("HTTP/1.1 413 "), endless);
        }
    }

    @Test
    void givesUpOnABodyThatTrickles() {
        try (RawSocket socket = new RawSocket(api.server().port())) {
            socket.send(head("/things", "Content-Length: 1000"));
            trickleUntilClosed(socket);
            String answer = socket.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 408 ") || answer.endsWith("<reset>"), answer);
        }
    }

    @Test
    void refusesForNowWhatThereIsNoMemoryFor() {
        try (RawSocket first = new RawSocket(api.server().port());
                RawSocket second = new RawSocket(api.server().port());
                RawSocket third = new RawSocket(api.server().port())) {
            int unavailable = 0;
            for (RawSocket socket : new RawSocket[] {first, second, third}) {
                socket.send(head("/things/batch", "Content-Length: " + BATCH) + " ".repeat(BATCH - 1));
            }
            for (RawSocket socket : new RawSocket[] {first, second, third}) {
                String answer = socket.readToEnd();
                unavailable += answer.startsWith("HTTP/1.1 503 ") ? 1 : 0;
            }
            assertTrue(unavailable > 0, "three bodies of 512 KiB don't fit into 1 MiB");
        }
        assertEquals(
                200,
                api.post("/things/batch", "{\"things\":[]}" + " ".repeat(BATCH - 20))
                        .status(),
                "memory came back");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson"})
    void refusesItemsTooManyBeforeTheRestCame(String type) {
        boolean lines = type.endsWith("ndjson");
        String many = (THING + (lines ? "\n" : ",")).repeat(TestEndpoints.MAX_THINGS + 1);
        try (RawSocket socket = new RawSocket(api.server().port())) {
            socket.send(RawSocket.head(
                    "POST /things/batch HTTP/1.1",
                    "Host: a",
                    "Content-Type: " + type,
                    "Authorization: Bearer " + TestApi.ADA,
                    "Content-Length: " + BATCH));
            socket.send((lines ? "" : "{\"things\":[") + many + THING);
            String answer = socket.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("\r\nConnection: close\r\n"), answer);
            assertTrue(answer.contains("\"pointer\":\"/things\",\"code\":\"too-many\""), answer);
        }
    }

    @Test
    void keepsTheConnectionWhenAllOfABadBodyCame() {
        String head = head("/things/batch", "Content-Length: 14") + "{\"things\":[7]}";
        try (RawSocket socket = new RawSocket(api.server().port())) {
            socket.send(head + head.replace("Host: a", "Host: a\r\nConnection: close"));
            String answers = socket.readToEnd();
            assertEquals(3, answers.split("/things/0", -1).length, answers);
        }
    }

    @Test
    void reportsAListThatBreaksOff() {
        try (RawSocket socket = new RawSocket(api.server().port())) {
            socket.send(head("/things/batch", "Transfer-Encoding: chunked") + "b\r\n{\"things\":[\r\nzz\r\n");
            String answer = socket.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("malformed-request"), answer);
        }
    }

    @Test
    void givesUpOnAListThatTrickles() {
        try (RawSocket socket = new RawSocket(api.server().port())) {
            socket.send(head("/things/batch", "Content-Length: 1000") + "{\"things\":[");
            trickleUntilClosed(socket);
            String answer = socket.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 408 ") || answer.endsWith("<reset>"), answer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/x-www-form-urlencoded",
                "application/json; charset=iso-8859-1",
                "application/jsonp",
                "application/merge-patch+json",
                "*/*",
                "json"
            })
    void takesNoOtherType(String type) {
        Reply reply = api.post("/things", THING, "Content-Type", type);
        assertEquals(415, reply.status());
        assertEquals("unsupported-media-type", reply.problem());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json; charset=UTF-8",
                "application/json;charset=\"utf-8\""
            })
    void takesJson(String type) {
        assertEquals(201, api.post("/things", THING, "Content-Type", type).status());
    }

    @Test
    void takesNothingCompressed() {
        Reply reply = api.post("/things", THING, "Content-Encoding", "gzip");
        assertEquals(415, reply.status());
        assertEquals("identity", reply.header("Accept-Encoding"));
        assertEquals(
                201, api.post("/things", THING, "Content-Encoding", "identity").status());
    }

    @Test
    void asksForTheBodyThatIsMissing() {
        assertEquals(415, api.send("POST", "/things", null).status());
        assertEquals("validation  required", api.post("/things", "").problem());
    }

    @Test
    void reportsABodyThatBreaksOff() {
        try (RawSocket socket = new RawSocket(api.server().port())) {
            socket.send(head("/things", "Transfer-Encoding: chunked") + "zz\r\n");
            String answer = socket.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.contains("malformed-request"), answer);
        }
    }

    private static String head(String path, String more) {
        return RawSocket.head(
                "POST " + path + " HTTP/1.1",
                "Host: a",
                "Content-Type: application/json",
                "Authorization: Bearer " + TestApi.ADA,
                more);
    }

    static void trickleUntilClosed(RawSocket socket) {
        long end = System.nanoTime() + 15_000_000_000L;
        while (socket.send(" ")) {
            assertTrue(System.nanoTime() < end, "the server lets a body trickle");
            LockSupport.parkNanos(50_000_000);
        }
    }

    private Reply chunked(String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return api.send(api.request(path)
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)))
                .build());
    }
}

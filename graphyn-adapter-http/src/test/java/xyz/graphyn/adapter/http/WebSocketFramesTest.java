package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xyz.graphyn.adapter.http.stream.StreamConfiguration;

/** Frames that no well-behaved client sends, and clients that don't read. */
class WebSocketFramesTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final int LIMIT = 256 * 1_024;

    private final StreamServer server = new StreamServer();

    @AfterEach
    void stop() {
        server.close();
    }

    private RawFrames raw() {
        return new RawFrames(server.port(), 0);
    }

    @Test
    void agreesToNoCompressionAndNoSubprotocol() {
        String head = RawSocket.exchangeUntilClosed(
                server.port(), RawFrames.upgrade("X-Request-Id: r-7") + "\u0088\u0080\1\2\3\4");
        assertTrue(head.startsWith("HTTP/1.1 101 "), head);
        assertTrue(head.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), head);
        assertTrue(head.contains("X-Request-Id: r-7"), head);
        assertFalse(head.contains("Sec-WebSocket-Extensions"), head);
        assertFalse(head.contains("Sec-WebSocket-Protocol"), head);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            hello                                                | must be well-formed JSON, see line 1, column 1
            []                                                   | must be an object
            {"type":"dance"}                                     | /type must be one of subscribe, unsubscribe, refresh
            {"type":"subscribe","agents":[],"secret":1}          | /secret is not known here
            {"type":"subscribe","token":"t"}                     | /agents must hold from 1 to 1000 agents
            {"type":"subscribe","agents":[{"agentId":"x"}]}      | /agents/0/agentId must be a UUID
            {"type":"refresh"}                                   | /token is required
            {"type":"refresh","token":"t","agents":[]}           | /agents is not known in a message of this type
            """)
    void saysWhatIsWrongWithAMessage(String message, String reason) {
        try (RawFrames client = raw()) {
            client.send(RawFrames.FIN | RawFrames.TEXT, message);
            String close = client.read(RawFrames.CLOSE).close();
            assertTrue(close.startsWith("4400 " + reason), close);
        }
    }

    @Test
    void refusesBinaryMessages() {
        try (RawFrames client = raw()) {
            client.send(RawFrames.FIN | RawFrames.BINARY, "{}");
            assertEquals(
                    "4400 Messages must be text.", client.read(RawFrames.CLOSE).close());
        }
    }

    @Test
    void takesAMessageOfJustTheLargestSize() {
        String message = StreamServer.subscribe(TestApi.ADA, server.agent(), "0");
        try (RawFrames client = raw()) {
            client.send(RawFrames.FIN | RawFrames.TEXT, message + " ".repeat(LIMIT - message.length()));
            assertTrue(client.read(RawFrames.TEXT).text().contains("subscribed"));
        }
    }

    @Test
    void refusesAMessageOfOneByteMore() {
        try (RawFrames whole = raw();
                RawFrames parts = raw();
                RawFrames huge = raw()) {
            whole.send(RawFrames.FIN | RawFrames.TEXT, " ".repeat(LIMIT + 1));
            parts.send(RawFrames.TEXT, " ".repeat(LIMIT));
            parts.send(RawFrames.FIN, " ");
            huge.send(RawFrames.FIN | RawFrames.TEXT, " ".repeat(20 * LIMIT));
            String expected = "4400 A message must have at most 262144 bytes.";
            assertEquals(expected, whole.read(RawFrames.CLOSE).close());
            assertEquals(expected, parts.read(RawFrames.CLOSE).close());
            assertEquals(expected, huge.read(RawFrames.CLOSE).close());
        }
    }

    @Test
    void putsFragmentsTogether() {
        String message =
                StreamServer.subscribe(TestApi.ADA, server.agent(), "0").replace("admin", "\\u0061dmin");
        try (RawFrames client = raw()) {
            client.send(RawFrames.TEXT, message.substring(0, 10));
            client.send(RawFrames.FIN | RawFrames.PING, "between");
            client.send(RawFrames.CONTINUATION, message.substring(10, 30));
            client.send(RawFrames.CONTINUATION, "");
            client.send(RawFrames.FIN, message.substring(30));
            assertEquals("between", client.read(RawFrames.PONG).text());
            assertTrue(client.read(RawFrames.TEXT).text().contains("subscribed"));
        }
    }

    @Test
    void closesWithTheStandardsCodesWhereTheStandardHasThem() {
        try (RawFrames unmasked = raw();
                RawFrames notUtf8 = raw();
                RawFrames reserved = raw()) {
            unmasked.send(RawFrames.FIN | RawFrames.TEXT, "{}".getBytes(StandardCharsets.UTF_8), false);
            assertTrue(unmasked.read(RawFrames.CLOSE).close().startsWith("1002 "));
            notUtf8.send(RawFrames.FIN | RawFrames.TEXT, new byte[] {'"', (byte) 0xc3, '"'}, true);
            assertEquals(
                    "1007 Text must be UTF-8.", notUtf8.read(RawFrames.CLOSE).close());
            reserved.send(RawFrames.FIN | 0x40 | RawFrames.TEXT, "{}");
            assertTrue(reserved.read(RawFrames.CLOSE).close().startsWith("1002 "));
        }
    }

    @Test
    void answersACloseWithAClose() {
        try (RawFrames client = raw()) {
            client.send(RawFrames.FIN | RawFrames.CLOSE, new byte[] {3, (byte) 0xe8}, true);
            assertTrue(client.read(RawFrames.CLOSE).close().startsWith("1000 "));
            assertTrue(client.isEnded());
        }
    }

    @Test
    void sendsAnEventAsOneFrameHoweverLongItIs() {
        String content = "x".repeat(700_000);
        server.record(server.agent(), 3, "message", "{\"content\":\"" + content + "\"}");
        try (RawFrames client = raw()) {
            client.send(RawFrames.FIN | RawFrames.TEXT, StreamServer.subscribe(TestApi.ADA, server.agent(), "0"));
            assertTrue(client.read().text().contains("subscribed"));
            for (int i = 0; i < 3; i++) {
                RawFrames.Frame frame = client.read();
                assertEquals(RawFrames.FIN | RawFrames.TEXT, frame.firstByte());
                assertEquals(
                        content.length(),
                        TestApi.JSON
                                .readTree(frame.text())
                                .at("/event/payload/content")
                                .asString()
                                .length());
            }
        }
    }

    @Test
    void letsAClientGoThatDoesNotReadAndServesTheOthers() {
        StreamConfiguration small = new StreamConfiguration(LONG, LONG, LONG, LONG, 16 * 1_024);
        try (StreamServer narrow = new StreamServer(small);
                RawFrames slow = new RawFrames(narrow.port(), 4_096);
                SocketClient fast = narrow.watch("0")) {
            slow.send(RawFrames.FIN | RawFrames.TEXT, StreamServer.subscribe(TestApi.ADA, narrow.agent(), "0"));
            slow.read(RawFrames.TEXT);
            fast.next("subscribed");
            long sent = 0;
            while (narrow.failures().isEmpty()) {
                assertTrue(sent < 3_000, "the slow client is never noticed");
                narrow.record(narrow.agent(), 1, "message", "{\"content\":\"" + "x".repeat(20_000) + "\"}");
                sent++;
                assertEquals(sent, fast.seqs(1).getFirst());
            }
            assertEquals(
                    "4409 Events come faster than you read them.",
                    slow.read(RawFrames.CLOSE).close());
            assertTrue(fast.isOpen());
            assertEquals("SLOW_CLIENT", narrow.failures().getFirst().kind().name());
            assertTrue(String.valueOf(narrow.failures().getFirst().client()).startsWith("ada "));
            assertEquals(1, narrow.failures().size());
        }
    }

    @Test
    void givesUpOnAClientThatReadsNothingOfAReplay() {
        StreamConfiguration hasty = new StreamConfiguration(LONG, LONG, LONG, Duration.ofMillis(300), 16 * 1_024);
        try (StreamServer impatient = new StreamServer(hasty);
                RawFrames slow = new RawFrames(impatient.port(), 4_096)) {
            for (int i = 0; i < 30; i++) {
                impatient.record(impatient.agent(), 4, "message", "{\"content\":\"" + "x".repeat(200_000) + "\"}");
            }
            slow.send(RawFrames.FIN | RawFrames.TEXT, StreamServer.subscribe(TestApi.ADA, impatient.agent(), "0"));
            StreamServer.await(() -> !impatient.failures().isEmpty());
            assertTrue(slow.read(RawFrames.CLOSE).close().startsWith("4409 "));
        }
    }

    @Test
    void pingsAndEndsWhatDoesNotAnswer() {
        StreamConfiguration lively = new StreamConfiguration(LONG, Duration.ofMillis(100), LONG, LONG, 16 * 1_024);
        try (StreamServer pinging = new StreamServer(lively);
                SocketClient answering = pinging.watch("0");
                RawFrames mute = new RawFrames(pinging.port(), 0)) {
            answering.next("subscribed");
            mute.read(RawFrames.PING);
            mute.read(RawFrames.PING);
            assertTrue(mute.isEnded());
            pinging.record(1, "message");
            answering.next("event");
        }
    }

    /** The connector would close it after a second without a byte, and one whose next head takes longer than that. */
    @Test
    void outlivesTheTimeoutsOfRequests() {
        HttpConfiguration.Limits limits = new HttpConfiguration.Limits(
                16 * 1_024,
                64 * 1_024,
                64 * 1_024,
                1_024 * 1_024,
                100,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5));
        StreamConfiguration slowPings = new StreamConfiguration(LONG, Duration.ofMillis(2_500), LONG, LONG, 16 * 1_024);
        try (TestApi api = TestApi.whole(
                        TestApi.configuration(0, limits, slowPings),
                        new xyz.graphyn.testkit.TestClock(),
                        failure -> {});
                RawFrames client = new RawFrames(api.server().port(), 0)) {
            String agent =
                    api.post("/agents", "{\"name\":\"a\"}").json().path("id").asString();
            client.send(
                    RawFrames.TEXT,
                    StreamServer.subscribe(TestApi.ADA, agent, "0").substring(0, 5));
            client.read(RawFrames.PING);
            client.send(
                    RawFrames.FIN,
                    StreamServer.subscribe(TestApi.ADA, agent, "0").substring(5));
            assertTrue(client.read(RawFrames.TEXT).text().contains("subscribed"));
        }
    }
}

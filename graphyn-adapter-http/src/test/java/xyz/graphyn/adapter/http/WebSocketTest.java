package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.adapter.http.stream.StreamConfiguration;

/** What is said on {@code /stream}, and when it ends. */
class WebSocketTest {
    private final StreamServer server = new StreamServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsWhatComes() {
        server.record(3, "message");
        try (SocketClient client = server.watch("null")) {
            JsonNode subscribed = client.next("subscribed");
            assertEquals(server.agent(), subscribed.path("agentId").asString());
            assertEquals(3, subscribed.path("after").asLong());
            assertEquals(3, subscribed.path("head").asLong());

            server.record(server.agent(), 1, "message", "{ \"a\" : 1.0 }");

            JsonNode message = client.next("event");
            assertEquals(server.agent(), message.path("agentId").asString());
            JsonNode event = message.path("event");
            String path =
                    "/agents/" + server.agent() + "/events/" + event.path("id").asString();
            assertEquals(server.api().get(path).json(), event);
        }
    }

    @Test
    void resumesBehindASeqWithManyEventsInOneMessage() {
        server.record(5, "message");
        try (SocketClient client = server.watch("2")) {
            JsonNode subscribed = client.next("subscribed");
            assertEquals(
                    "2 5",
                    subscribed.path("after").asLong() + " "
                            + subscribed.path("head").asLong());
            JsonNode events = client.next("events");
            assertEquals(3, events.path("events").size());
            assertEquals(3, events.path("events").path(0).path("seq").asLong());

            server.record(1, "message");
            assertEquals(6, client.next("event").path("event").path("seq").asLong());
        }
    }

    @Test
    void replaysALongLogInPieces() {
        server.record(server.agent(), 1_000, "message", "{\"content\":\"" + "x".repeat(1_000) + "\"}");
        try (SocketClient client = server.watch("0")) {
            client.next("subscribed");
            assertEquals(LongStream.rangeClosed(1, 1_000).boxed().toList(), client.seqs(1_000));
        }
    }

    @Test
    void saysHowFarItIsWhereTheFilterLeftEventsOut() {
        server.record(2, "message");
        server.record(3, "tool.called");
        try (SocketClient client = server.connect()) {
            client.send(StreamServer.subscribe(TestApi.ADA, server.agent(), "0")
                    .replaceFirst("}$", ",\"types\":[\"message\"]}"));
            client.next("subscribed");
            assertEquals(List.of(1L, 2L), client.seqs(2));
            assertEquals(5, client.next("position").path("seq").asLong());

            server.record(1, "tool.called");
            assertEquals(6, client.next("position").path("seq").asLong());
            server.record(1, "message");
            assertEquals(List.of(7L), client.seqs(1));
        }
    }

    @Test
    void refusesWhatIsAheadAndStaysOpen() {
        server.record(2, "message");
        try (SocketClient client = server.watch("3")) {
            JsonNode error = client.next("error");
            assertEquals(server.agent(), error.path("agentId").asString());
            assertEquals("ahead", error.path("code").asString());
            client.send(StreamServer.subscribe(TestApi.ADA, server.agent(), "2"));
            client.next("subscribed");
        }
    }

    @Test
    void tellsAStrangersAgentFromNoneInNothing() {
        String nobodys = new UUID(0x7000, 7).toString();
        try (SocketClient client = server.connect()) {
            client.send(StreamServer.subscribe("admin.eve.2", server.agent(), "0"));
            client.send(StreamServer.subscribe("admin.eve.2", nobodys, "0"));
            String theirs = client.next("error").toString();
            String none = client.next("error").toString();
            assertTrue(theirs.contains("not-found"), theirs);
            assertEquals(none.replace(nobodys, server.agent()), theirs);
        }
    }

    @Test
    void watchesManyAgentsAndLeavesThem() {
        String other = server.newAgent();
        try (SocketClient client = server.watch("0")) {
            client.next("subscribed");
            client.send("{\"type\":\"subscribe\",\"agents\":[{\"agentId\":\"%s\"},{\"agentId\":\"%s\"}]}"
                    .formatted(server.agent(), other));
            JsonNode twice = client.next("error");
            assertEquals(
                    server.agent() + " already-subscribed",
                    twice.path("agentId").asString() + " " + twice.path("code").asString());
            assertEquals(other, client.next("subscribed").path("agentId").asString());

            client.send("{\"type\":\"unsubscribe\",\"agents\":[{\"agentId\":\"%s\"}]}".formatted(other));
            assertEquals(other, client.next("unsubscribed").path("agentId").asString());
            server.record(other, 1, "message", "{}");
            server.record(1, "message");
            assertEquals(server.agent(), client.next("event").path("agentId").asString());
            assertFalse(client.hasMessages());
        }
    }

    @Test
    void takesATokenWithTheRequest() {
        try (SocketClient client = SocketClient.open(server.port(), "Authorization", "Bearer " + TestApi.ADA)) {
            client.send("{\"type\":\"subscribe\",\"agents\":[{\"agentId\":\"" + server.agent() + "\"}]}");
            client.next("subscribed");
        }
    }

    @Test
    void closesWhenNoTokenComes() {
        StreamConfiguration hasty = new StreamConfiguration(
                Duration.ofMillis(100), Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofMinutes(1), 1_024);
        try (StreamServer impatient = new StreamServer(hasty);
                SocketClient client = impatient.connect()) {
            assertEquals("4401 No token came in time.", client.closed());
        }
    }

    @Test
    void closesOnABadTokenAndOnNone() {
        try (SocketClient bad = server.connect();
                SocketClient expired = server.connect();
                SocketClient none = server.connect()) {
            bad.send(StreamServer.subscribe("bad", server.agent(), "0"));
            assertEquals("4401 The bearer token is not valid.", bad.closed());
            expired.send(StreamServer.subscribe("expired", server.agent(), "0"));
            assertEquals("4401 The bearer token has expired.", expired.closed());
            none.send("{\"type\":\"subscribe\",\"agents\":[{\"agentId\":\"" + server.agent() + "\"}]}");
            assertEquals("4401 A bearer token is required.", none.closed());
        }
    }

    @Test
    void endsWithTheToken() {
        try (SocketClient client = server.connect()) {
            client.send(StreamServer.subscribe("admin.ada.1.60", server.agent(), "0"));
            client.next("subscribed");
            server.clock().advance(Duration.ofSeconds(59));
            server.record(1, "message");
            client.next("event");
            assertTrue(client.isOpen());
            server.clock().advance(Duration.ofSeconds(1));
            assertEquals("4401 The token has expired.", client.closed());
        }
    }

    @Test
    void staysWithARefreshedToken() {
        try (SocketClient client = server.connect()) {
            client.send(StreamServer.subscribe("admin.ada.1.60", server.agent(), "0"));
            client.next("subscribed");
            client.send("{\"type\":\"refresh\",\"token\":\"admin.ada.1.120\"}");
            assertEquals(
                    "2026-05-04T10:02:00.123456Z",
                    client.next("refreshed").path("expiresAt").asString());
            server.clock().advance(Duration.ofSeconds(119));
            server.record(1, "message");
            client.next("event");
            assertTrue(client.isOpen());
            server.clock().advance(Duration.ofSeconds(1));
            assertEquals("4401 The token has expired.", client.closed());
        }
    }

    @Test
    void takesNobodyElsesToken() {
        try (SocketClient client = server.watch("0")) {
            client.next("subscribed");
            client.send("{\"type\":\"refresh\",\"token\":\"admin.eve.1\"}");
            assertEquals("4401 The bearer token is not valid.", client.closed());
        }
    }

    @Test
    void losesWhatTheRoleOfANewTokenMayNotSee() {
        try (SocketClient client = server.watch("0")) {
            client.next("subscribed");
            client.send("{\"type\":\"refresh\",\"token\":\"auditor.ada.1\"}");
            assertEquals("not-allowed", client.next("error").path("code").asString());
            assertTrue(client.closed().startsWith("4403 "), client.closed());
        }
    }

    @Test
    void closesWhenTheLastAgentIsGone() {
        try (SocketClient client = server.watch("0")) {
            client.next("subscribed");
            server.api().send("DELETE", "/agents/" + server.agent(), null);
            JsonNode error = client.next("error");
            assertEquals("not-found", error.path("code").asString());
            assertTrue(client.closed().startsWith("4403 "), client.closed());
        }
    }

    @Test
    void hasNoMoreRoomForAUserThanTheyMayHave() {
        List<SocketClient> clients = new java.util.ArrayList<>();
        for (int i = 0; i < TestApi.MOST_STREAMS; i++) {
            clients.add(server.watch("0"));
            clients.getLast().next("subscribed");
        }
        try (SocketClient oneMore = server.watch("0")) {
            assertTrue(oneMore.closed().startsWith("1013 "), oneMore.closed());
        }
        String[] refusal = RawSocket.exchangeUntilClosed(
                        server.port(), RawFrames.upgrade("Authorization: Bearer " + TestApi.ADA, "Connection: close"))
                .split("\r\n\r\n", 2);
        assertTrue(refusal[0].startsWith("HTTP/1.1 429 "), refusal[0]);
        clients.removeFirst().close();
        StreamServer.await(() -> {
            try (SocketClient again = server.watch("0")) {
                return again.next().path("type").asString().equals("subscribed");
            } catch (AssertionError closed) {
                return false;
            }
        });
        clients.forEach(SocketClient::close);
    }

    @Test
    void tellsEveryoneToComeBackWhenItStops() {
        try (SocketClient watching = server.watch("0");
                SocketClient silent = server.connect()) {
            watching.next("subscribed");
            long before = System.nanoTime();
            server.api().server().close();
            assertTrue(watching.closed().startsWith("1012 "), watching.closed());
            assertTrue(silent.closed().startsWith("1012 "), silent.closed());
            assertTrue(Duration.ofNanos(System.nanoTime() - before).toSeconds() < 5, "nobody is waited for");
        }
    }
}

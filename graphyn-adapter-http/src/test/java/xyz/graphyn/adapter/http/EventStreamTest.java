package xyz.graphyn.adapter.http;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.adapter.http.TestApi.Reply;
import xyz.graphyn.adapter.http.stream.StreamConfiguration;

/** {@code /agents/{agentId}/events/stream}, read as the standard says. */
@Timeout(60)
class EventStreamTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final StreamServer server = new StreamServer();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.shutdownNow();
        server.close();
    }

    private static String path(StreamServer of) {
        return "/agents/" + of.agent() + "/events/stream";
    }

    private EventStreamReader open(String query, String... headers) {
        return open(server, query, headers);
    }

    private EventStreamReader open(StreamServer at, String query, String... headers) {
        HttpRequest.Builder request = at.api().request(path(at) + query);
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
            assertEquals(200, response.statusCode());
            return new EventStreamReader(response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<Long> seqs(EventStreamReader stream, int count) {
        List<Long> seqs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            EventStreamReader.Event event = requireNonNull(stream.next(), "the stream has ended");
            JsonNode data = TestApi.JSON.readTree(event.data());
            assertEquals("message", event.type());
            assertEquals(event.lastEventId(), data.path("seq").asString());
            seqs.add(data.path("seq").asLong());
        }
        return seqs;
    }

    private static @Nullable String end(EventStreamReader stream) {
        EventStreamReader.Event last = requireNonNull(stream.next());
        assertEquals("end", last.type());
        assertNull(stream.next());
        return TestApi.JSON.readTree(last.data()).path("code").asString();
    }

    @Test
    void tellsEventsAsTheyAreReadElsewhere() {
        try (EventStreamReader stream = open("")) {
            HttpResponse<InputStream> response = stream.response();
            assertEquals("text/event-stream", header(response, "Content-Type"));
            assertEquals("no-store", header(response, "Cache-Control"));
            assertEquals("no", header(response, "X-Accel-Buffering"));
            assertFalse(header(response, "X-Request-Id").isEmpty());
            stream.nextBlock();
            assertEquals("2000", stream.retry());

            server.record(server.agent(), 1, "message", "{ \n \"a\" :\r\n 1.0 }");

            JsonNode event = TestApi.JSON.readTree(requireNonNull(stream.next()).data());
            Reply same = server.api()
                    .get("/agents/" + server.agent() + "/events/"
                            + event.path("id").asString());
            assertEquals(same.json(), event);
        }
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void resumesBehindTheLastEventId() {
        server.record(5, "message");
        try (EventStreamReader all = open("?after=0");
                EventStreamReader some = open("?after=1", "Last-Event-ID", "3")) {
            assertEquals(List.of(1L, 2L, 3L, 4L, 5L), seqs(all, 5));
            assertEquals(List.of(4L, 5L), seqs(some, 2));
            server.record(1, "message");
            assertEquals(List.of(6L), seqs(some, 1));
        }
    }

    @Test
    void knowsItsPlaceBeforeTheFirstEvent() {
        server.record(2, "message");
        String place;
        try (EventStreamReader stream = open("")) {
            stream.nextBlock();
            place = stream.lastEventId();
        }
        assertEquals("2", place);
        server.record(1, "message");
        try (EventStreamReader stream = open("", "Last-Event-ID", place)) {
            assertEquals(List.of(3L), seqs(stream, 1));
        }
    }

    @Test
    void movesThePlaceBehindWhatTheFilterLeavesOut() {
        server.record(1, "message");
        server.record(3, "tool.called");
        try (EventStreamReader stream = open("?after=0&type=message&type=note")) {
            assertEquals(List.of(1L), seqs(stream, 1));
            stream.nextBlock();
            assertEquals("4", stream.lastEventId());
            server.record(1, "tool.called");
            stream.nextBlock();
            assertEquals("5", stream.lastEventId());
            server.record(1, "note");
            assertEquals(List.of(6L), seqs(stream, 1));
        }
    }

    @Test
    void endsWithTheToken() {
        try (EventStreamReader stream = open("", "Authorization", "Bearer admin.ada.1.60")) {
            server.record(1, "message");
            seqs(stream, 1);
            server.clock().advance(Duration.ofSeconds(60));
            assertEquals("token-expired", end(stream));
        }
    }

    @Test
    void endsWhenTheAgentIsGoneAndWhenTheServerStops() {
        try (EventStreamReader gone = open("")) {
            server.api().send("DELETE", "/agents/" + server.agent(), null);
            assertEquals("not-found", end(gone));
        }
        try (StreamServer stopping = new StreamServer();
                EventStreamReader stream = open(stopping, "")) {
            long before = System.nanoTime();
            stopping.api().server().close();
            assertEquals("restart", end(stream));
            assertTrue(Duration.ofNanos(System.nanoTime() - before).toSeconds() < 5, "nobody is waited for");
        }
    }

    @Test
    void keepsProxiesAwake() {
        StreamConfiguration lively = new StreamConfiguration(LONG, LONG, Duration.ofMillis(100), LONG, 16 * 1_024);
        try (StreamServer beating = new StreamServer(lively);
                EventStreamReader stream = open(beating, "")) {
            for (int i = 0; i < 4; i++) {
                stream.nextBlock();
            }
            assertTrue(stream.comments() >= 3);
        }
    }

    @Test
    void refusesBeforeItBegins() {
        server.record(2, "message");
        TestApi api = server.api();
        String path = path(server);
        assertEquals("ahead", api.get(path + "?after=3").problem());
        assertEquals("ahead", api.get(path, "Last-Event-ID", "3").problem());
        assertEquals(
                "unauthenticated", api.get(path, "Authorization", "Bearer bad").problem());
        assertEquals(
                "not-allowed",
                api.get(path, "Authorization", "Bearer auditor.otto.1").problem());
        assertEquals(
                "not-found",
                api.get(path, "Authorization", "Bearer admin.eve.2").problem());
        assertEquals(
                "not-acceptable", api.get(path, "Accept", "application/json").problem());
        assertEquals(
                "validation Last-Event-ID malformed",
                api.get(path, "Last-Event-ID", "x").problem());
        assertEquals(
                "validation after out-of-range", api.get(path + "?after=-1").problem());
        assertEquals("validation token unknown", api.get(path + "?token=secret").problem());
        assertEquals(405, api.post(path, "{}").status());
    }

    @Test
    void answersHeadWithNothing() {
        Reply head = server.api().send("HEAD", path(server) + "?after=0", null);
        assertEquals(200, head.status());
        assertEquals("text/event-stream", head.header("Content-Type"));
        assertTrue(head.body().isEmpty());
    }

    @Test
    void givesItsPlaceBack() {
        List<EventStreamReader> streams =
                IntStream.range(0, TestApi.MOST_STREAMS).mapToObj(i -> open("")).toList();
        Reply oneMore = server.api().get(path(server));
        assertEquals("too-many", oneMore.problem());
        assertFalse(oneMore.header("Retry-After").isEmpty());
        streams.forEach(EventStreamReader::close);
        StreamServer.await(() -> {
            server.record(1, "message"); // writing is how the server finds out that a client is gone
            return server.api().send("HEAD", path(server), null).status() == 200;
        });
    }

    @Test
    void letsAClientGoThatDoesNotRead() {
        StreamConfiguration small = new StreamConfiguration(LONG, LONG, LONG, LONG, 16 * 1_024);
        try (StreamServer narrow = new StreamServer(small);
                RawSocket slow = new RawSocket(narrow.port())) {
            slow.send(RawSocket.head(
                    "GET " + path(narrow) + " HTTP/1.1", "Host: a", "Authorization: Bearer " + TestApi.ADA));
            SocketClient fast = narrow.watch("0");
            fast.next("subscribed");
            for (int sent = 0; narrow.failures().isEmpty(); sent++) {
                assertTrue(sent < 3_000, "the slow client is never noticed");
                narrow.record(narrow.agent(), 1, "message", "{\"content\":\"" + "x".repeat(20_000) + "\"}");
                fast.seqs(1);
            }
            assertEquals("SLOW_CLIENT", narrow.failures().getFirst().kind().name());
            assertTrue(slow.readUntil("event: end\ndata: {\"code\":\"too-slow\"}"));
            fast.close();
        }
    }
}

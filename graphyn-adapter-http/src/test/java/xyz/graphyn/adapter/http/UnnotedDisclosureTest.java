package xyz.graphyn.adapter.http;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.adapter.http.TestApi.Reply;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.audit.DisclosureLog;
import xyz.graphyn.domain.audit.AuditEntry;

/** Nothing sensitive is shown, hidden or not, before the audit trail has its entry. */
@Timeout(60)
class UnnotedDisclosureTest {
    private static final String VIC = "Bearer viewer.vic.1";
    private static final String SENSITIVE = "{\"to\":\"kim@example.com\"}";

    private final StubbornLog log = new StubbornLog();
    private final TestApi api = TestApi.whole(log);
    private final HttpClient http = HttpClient.newHttpClient();
    private final String agent = "/agents/"
            + api.post("/agents", "{\"name\":\"watched\"}").json().path("id").asString();

    @AfterEach
    void stop() {
        http.shutdownNow();
        log.releaseAll();
        api.close();
    }

    /** Writes, or fails, or keeps all waiting. */
    private static final class StubbornLog implements DisclosureLog {
        private enum Mood {
            WRITES,
            FAILS,
            KEEPS_WAITING
        }

        private volatile Mood mood = Mood.WRITES;
        private final Queue<AuditEntry> asked = new ConcurrentLinkedQueue<>();
        private final Queue<CompletableFuture<Void>> waiting = new ConcurrentLinkedQueue<>();

        @Override
        public CompletableFuture<Void> write(AuditEntry entry) {
            CompletableFuture<Void> written = new CompletableFuture<>();
            switch (mood) {
                case WRITES -> written.complete(null);
                case FAILS ->
                    written.completeExceptionally(new Refusal.Unavailable("The trail is away.", Duration.ofSeconds(3)));
                case KEEPS_WAITING -> waiting.add(written);
            }
            asked.add(entry);
            return written;
        }

        void releaseAll() {
            waiting.forEach(written -> written.complete(null));
        }
    }

    private String record(String payload) {
        Reply reply = api.post(agent + "/events", "{\"type\":\"message\",\"payload\":" + payload + "}");
        assertEquals(201, reply.status(), reply::body);
        return agent + "/events/" + reply.json().path("id").asString();
    }

    private EventStreamReader watch() {
        try {
            HttpResponse<InputStream> response = http.send(
                    api.request(agent + "/events/stream?after=0")
                            .setHeader("Authorization", VIC)
                            .build(),
                    BodyHandlers.ofInputStream());
            assertEquals(200, response.statusCode());
            return new EventStreamReader(response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {VIC, "Bearer member.mia.1", "Bearer " + TestApi.ADA})
    void aReadThatCanNotBeNotedIsRefused(String authorization) {
        String event = record(SENSITIVE);
        log.mood = StubbornLog.Mood.FAILS;
        for (String path : List.of(event, agent + "/events")) {
            Reply reply = api.get(path, "Authorization", authorization);
            assertEquals(503, reply.status(), reply::body);
            assertEquals("unavailable", reply.problem());
            assertEquals("3", reply.header("Retry-After"));
            assertFalse(reply.body().contains("example.com") || reply.body().contains("EMAIL"), reply::body);
        }
        log.mood = StubbornLog.Mood.WRITES;
        assertEquals(200, api.get(event, "Authorization", authorization).status());
    }

    @Test
    void aReadOfNothingSensitiveNeedsNoEntry() {
        String event = record("{\"to\":\"nobody\"}");
        log.mood = StubbornLog.Mood.FAILS;
        assertEquals(200, api.get(event, "Authorization", VIC).status());
        assertTrue(log.asked.isEmpty());
    }

    @Test
    void aReadWaitsForItsEntry() {
        String event = record(SENSITIVE);
        log.mood = StubbornLog.Mood.KEEPS_WAITING;
        CompletableFuture<Reply> reply = CompletableFuture.supplyAsync(() -> api.get(event, "Authorization", VIC));
        StreamServer.await(() -> !log.waiting.isEmpty());
        assertFalse(reply.isDone());
        log.releaseAll();
        assertEquals(200, reply.join().status());
        assertEquals(1, log.asked.size());
        assertEquals(reply.join().header("X-Request-Id"), log.asked.element().requestId());
    }

    @Test
    void aReadWhoseEntryTakesTooLongIsRefused() {
        String event = record(SENSITIVE);
        log.mood = StubbornLog.Mood.KEEPS_WAITING;
        Reply reply = api.get(event, "Authorization", VIC);
        assertEquals(503, reply.status(), reply::body);
        assertFalse(reply.header("Retry-After").isEmpty());
    }

    @Test
    void aStreamHoldsBackWhatCanNotBeNotedAndLosesNothing() {
        log.mood = StubbornLog.Mood.FAILS;
        record(SENSITIVE);
        try (EventStreamReader stream = watch()) {
            CompletableFuture<EventStreamReader.Event> first =
                    CompletableFuture.supplyAsync(() -> requireNonNull(stream.next()));
            record("{\"to\":\"nobody\"}");
            StreamServer.await(() -> log.asked.size() >= 2);
            assertFalse(first.isDone(), "shown without an entry");
            log.mood = StubbornLog.Mood.WRITES;
            assertTrue(
                    first.join().data().contains("[EMAIL]"), () -> first.join().data());
            assertTrue(requireNonNull(stream.next()).data().contains("nobody"));
            int soFar = log.asked.size();
            record(SENSITIVE);
            assertTrue(requireNonNull(stream.next()).data().contains("[EMAIL]"));
            assertEquals(soFar, log.asked.size(), "one entry stands for ten seconds");
        }
    }

    @Test
    void aStreamEndsWhenTooMuchWaitsForItsEntry() {
        String large = "{\"to\":\"kim@example.com\",\"text\":\"" + "so much ".repeat(20_000) + "\"}";
        try (EventStreamReader stream = watch()) {
            log.mood = StubbornLog.Mood.FAILS;
            CompletableFuture<EventStreamReader.Event> last =
                    CompletableFuture.supplyAsync(() -> requireNonNull(stream.next()));
            for (int i = 0; i < 60 && !last.isDone(); i++) {
                record(large);
            }
            assertEquals("end", last.join().type());
            assertEquals(
                    "unavailable",
                    TestApi.JSON.readTree(last.join().data()).path("code").asString());
        }
    }
}

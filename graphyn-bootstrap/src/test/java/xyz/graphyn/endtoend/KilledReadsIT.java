package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever was answered with sensitive data is in the audit trail, even if the server died in the next moment. */
class KilledReadsIT {
    private static final int READERS = 32;
    private static final int BEFORE_THE_KILL = 3_000;

    /** More than the server answers before it is killed. */
    private static final int MOST = 100_000;

    @TempDir
    Path home;

    /** The level that was shown, by the request's id. */
    private final Map<String, String> answered = new ConcurrentHashMap<>();

    private void read(Api reader, String level, String path, CountDownLatch underWay) {
        try {
            for (int i = 0; i < MOST; i++) {
                Api.Answer answer = reader.get(path);
                if (answer.status() == 200) {
                    answered.put(answer.header("X-Request-Id"), level);
                    underWay.countDown();
                }
            }
        } catch (UncheckedIOException killed) {
            underWay.countDown(); // an answer that did not arrive needs no entry
        }
    }

    @Test
    void everyAnswerHasItsEntry() throws InterruptedException {
        try (RunningServer server = RunningServer.start(home)) {
            Api ada = server.as("ada", "acme", "admin");
            String agent = ada.newAgent("Read");
            String event = ada.post(
                            agent + "/events",
                            "{\"type\":\"message\",\"payload\":{\"to\":\"kim@example.com\",\"card\":4242424242424242}}")
                    .expect(201)
                    .json()
                    .get("id")
                    .asString();
            Map<String, Api> readers = Map.of(
                    "raw", ada,
                    "partial", server.as("mia", "acme", "member"),
                    "masked", server.as("vic", "acme", "viewer"));
            CountDownLatch underWay = new CountDownLatch(BEFORE_THE_KILL);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.forEach((level, reader) -> threads.add(
                        Thread.ofVirtual().start(() -> read(reader, level, agent + "/events/" + event, underWay))));
            }
            assertTrue(underWay.await(120, TimeUnit.SECONDS));
            server.kill();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertTrue(answered.size() >= BEFORE_THE_KILL, () -> answered.size() + " reads were answered");

        try (RunningServer server = RunningServer.start(home);
                Trail trail = Trail.of(home)) {
            Set<String> noted = new HashSet<>();
            trail.entries("").stream()
                    .filter(entry -> entry.action().equals("data.disclosed"))
                    .filter(entry -> Map.of("CREDIT_CARD", 1, "EMAIL", 1)
                            .equals(entry.at(answered.getOrDefault(entry.requestId(), "raw"))))
                    .forEach(entry -> noted.add(entry.requestId()));
            Set<String> missing = new HashSet<>(answered.keySet());
            missing.removeAll(noted);
            assertEquals(Set.of(), missing, () -> "shown without an entry, of " + answered.size());
            System.out.println("Killed: " + answered.size() + " reads answered, " + noted.size() + " entries");
            assertEquals(200, server.as("vic", "acme", "viewer").get("/agents").status());
        }
    }
}

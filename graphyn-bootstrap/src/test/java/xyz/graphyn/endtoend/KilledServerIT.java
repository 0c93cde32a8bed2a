package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server that dies without a warning loses nothing that it answered. */
class KilledServerIT {
    private static final int BATCHES = 200;
    private static final int BATCH = 50;
    private static final int LINES = 6_000;

    @TempDir
    Path home;

    private final Map<String, Long> answered = new ConcurrentHashMap<>();

    private static String batch(int number) {
        StringBuilder events = new StringBuilder("{\"events\":[");
        for (int i = 0; i < BATCH; i++) {
            events.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"message\",\"payload\":{\"content\":\"hello\"},\"externalId\":\"%d-%d\"}"
                            .formatted(number, i));
        }
        return events.append("]}").toString();
    }

    /** Keeps what was answered; a request that the kill cut off was not. */
    private void send(Api ada, String agent, CountDownLatch underWay) {
        for (int number = 0; number < BATCHES; number++) {
            JsonNode outcome = ada.post(agent + "/events/batch", batch(number)).json();
            outcome.get("items")
                    .forEach(item -> answered.put(
                            item.get("externalId").asString(), item.get("seq").asLong()));
            underWay.countDown();
        }
    }

    private static Process importing(RunningServer server, String agent, Path file) {
        return server.launch(
                "import",
                "--url",
                server.url().toString(),
                "--agent",
                agent.substring("/agents/".length()),
                "--batch",
                "10",
                file.toString());
    }

    private static void awaitFirst(Api ada, String agent) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (ada.get(agent + "/events?limit=1")
                .expect(200)
                .json()
                .get("items")
                .isEmpty()) {
            assertTrue(System.nanoTime() < end, "the import began");
        }
    }

    @Test
    void anImportThatTheKillCutOffIsMadeWholeByAnother() throws IOException, InterruptedException {
        Path file = home.resolve("events.ndjson");
        Files.write(
                file,
                IntStream.rangeClosed(1, LINES)
                        .mapToObj(
                                "{\"type\":\"message\",\"payload\":{\"content\":\"hello\"},\"externalId\":\"line-%d\"}"
                                        ::formatted)
                        .toList());
        String agent;
        Process cutOff;
        try (RunningServer server = RunningServer.start(home)) {
            Api ada = server.as("ada", "acme", "admin");
            agent = ada.newAgent("Survivor");
            cutOff = importing(server, agent, file);
            awaitFirst(ada, agent);
            server.kill();
        }
        assertTrue(cutOff.isAlive(), "the kill came in the middle of the import");
        cutOff.destroyForcibly().waitFor();

        try (RunningServer server = RunningServer.start(home)) {
            Api ada = server.as("ada", "acme", "admin");
            int survived = ada.all(agent + "/events?limit=200").size();
            assertTrue(survived > 0 && survived < LINES, survived + " lines survived");
            assertEquals(0, importing(server, agent, file).waitFor());
            List<JsonNode> events = ada.all(agent + "/events?order=asc&limit=200");
            assertEquals(
                    LongStream.rangeClosed(1, LINES).boxed().toList(),
                    events.stream().map(event -> event.get("seq").asLong()).toList());
            assertEquals(
                    IntStream.rangeClosed(1, LINES)
                            .mapToObj(number -> "line-" + number)
                            .toList(),
                    events.stream()
                            .map(event -> event.get("externalId").asString())
                            .toList());
        }
    }

    @Test
    void losesNothingAndDoublesNothing() throws InterruptedException {
        String agent;
        try (RunningServer server = RunningServer.start(home)) {
            Api ada = server.as("ada", "acme", "admin");
            agent = ada.newAgent("Survivor");
            CountDownLatch underWay = new CountDownLatch(20);
            Thread sender = Thread.ofVirtual().unstarted(() -> send(ada, agent, underWay));
            sender.setUncaughtExceptionHandler((thread, cutOff) -> {});
            sender.start();
            assertTrue(underWay.await(60, TimeUnit.SECONDS));
            server.kill();
            sender.join();
        }
        Map<String, Long> beforeTheKill = Map.copyOf(answered);
        assertTrue(beforeTheKill.size() < BATCHES * BATCH, "the kill came in the middle");

        try (RunningServer server = RunningServer.start(home)) {
            Api ada = server.as("ada", "acme", "admin");
            send(ada, agent, new CountDownLatch(0));
            List<JsonNode> events = ada.all(agent + "/events?order=asc&limit=200");
            assertEquals(
                    LongStream.rangeClosed(1, BATCHES * BATCH).boxed().toList(),
                    events.stream().map(event -> event.get("seq").asLong()).toList());
            Set<String> stored = new HashSet<>();
            events.forEach(event -> stored.add(event.get("externalId").asString()));
            assertEquals(BATCHES * BATCH, stored.size());
            events.forEach(event -> {
                Long seq = beforeTheKill.get(event.get("externalId").asString());
                assertTrue(seq == null || seq == event.get("seq").asLong(), "what was answered is still true");
            });
        }
    }
}

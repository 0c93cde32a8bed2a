package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server that dies without a warning loses nothing that it answered. */
class KilledServerIT {
    private static final int BATCHES = 200;
    private static final int BATCH = 50;

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

package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Memory that is cut off again and again has each message in the end, and has it once. */
class KilledMemoryIT {
    /** Each costs ten seconds, for which an agent stays taken by a server that died. */
    private static final int KILLS = 10;

    private static final int BATCH = 50;
    private static final int MOST_BATCHES = 40;

    /** Which would take a while to load, eleven times, and more to compute. */
    private static final Map<String, String> WITHOUT_A_MODEL = Map.of("GRAPHYN_EMBEDDINGS", "none");

    @TempDir
    Path home;

    private final AtomicInteger said = new AtomicInteger();

    private String batch() {
        StringBuilder events = new StringBuilder("{\"events\":[");
        for (int i = 0; i < BATCH; i++) {
            events.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"message\",\"payload\":{\"role\":\"user\",\"content\":\"said %d\"}}"
                            .formatted(said.incrementAndGet()));
        }
        return events.append("]}").toString();
    }

    /** Until the server is gone, or has had more than it can take in before. */
    private Thread sender(Api ada, String agent) {
        Thread sender = Thread.ofVirtual().unstarted(() -> {
            for (int i = 0; i < MOST_BATCHES; i++) {
                ada.post(agent + "/events/batch", batch());
            }
        });
        sender.setUncaughtExceptionHandler((thread, cutOff) -> {});
        return sender;
    }

    private static JsonNode memory(Api ada, String agent) {
        return ada.get(agent + "/memory").expect(200).json();
    }

    private static void awaitSeq(Api ada, String agent, long seq) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (memory(ada, agent).get("processedSeq").asLong() < seq) {
            assertTrue(System.nanoTime() < end, () -> "memory stands still: " + memory(ada, agent));
        }
    }

    @Test
    void losesNothingAndDoublesNothing() throws InterruptedException {
        String agent = "";
        for (int kill = 0; kill < KILLS; kill++) {
            try (RunningServer server = RunningServer.start(home, WITHOUT_A_MODEL)) {
                Api ada = server.as("ada", "acme", "admin");
                agent = kill == 0 ? ada.newAgent("Survivor") : agent;
                Thread sender = sender(ada, agent);
                sender.start();
                awaitSeq(ada, agent, memory(ada, agent).get("processedSeq").asLong() + 10L * kill + 1);
                server.kill();
                sender.join();
            }
        }
        try (RunningServer server = RunningServer.start(home, WITHOUT_A_MODEL)) {
            Api ada = server.as("ada", "acme", "admin");
            List<JsonNode> events = ada.all(agent + "/events?order=asc&limit=200");
            awaitSeq(ada, agent, events.size());
            Map<String, String> contents = new HashMap<>();
            events.forEach(event -> contents.put(
                    event.get("id").asString(),
                    event.get("payload").get("content").asString()));
            List<JsonNode> nodes = ada.all(agent + "/nodes?limit=200");
            Set<String> sources = new HashSet<>();
            for (JsonNode node : nodes) {
                String source = node.get("sourceEventId").asString();
                assertTrue(sources.add(source), () -> "two nodes of " + source);
                assertEquals(contents.get(source), node.get("content").asString());
            }
            assertEquals(contents.keySet(), sources);
            JsonNode memory = memory(ada, agent);
            assertEquals(events.size(), memory.get("nodes").asInt());
            assertEquals(events.size(), memory.get("memoryVersion").asInt());
            assertEquals(0, memory.get("setAside").asInt());
        }
    }
}

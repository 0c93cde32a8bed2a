package xyz.graphyn.endtoend.torture;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes events as a careful client does: each request is sent again, to any server, until it is answered, with the same
 * external ids, and only then comes the next.
 */
final class Writer implements Runnable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(50);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);
    private static final int LARGEST_BATCH = 8;

    private final HttpClient http;
    private final List<URI> servers;
    private final String token;
    private final List<String> agents;
    private final String name;
    private final Random random;
    private final Map<String, Acknowledged> acknowledged;
    private final BooleanSupplier stopped;
    private int written;

    /** What a server promised. */
    record Acknowledged(String agent, long seq) {}

    Writer(
            HttpClient http,
            List<URI> servers,
            String token,
            List<String> agents,
            int number,
            long seed,
            Map<String, Acknowledged> acknowledged,
            BooleanSupplier stopped) {
        this.http = http;
        this.servers = servers;
        this.token = token;
        this.agents = agents;
        this.name = "writer-" + number;
        this.random = new Random(seed);
        this.acknowledged = acknowledged;
        this.stopped = stopped;
    }

    @Override
    public void run() {
        try {
            while (!stopped.getAsBoolean()) {
                write();
                LockSupport.parkNanos(random.nextLong(2 * BETWEEN_WRITES.toNanos()));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void write() throws InterruptedException {
        String agent = agents.get(random.nextInt(agents.size()));
        List<String> ids = IntStream.range(0, 1 + random.nextInt(LARGEST_BATCH))
                .mapToObj(i -> name + "-" + written++)
                .toList();
        String events = ids.stream()
                .map("{\"type\":\"message\",\"payload\":{\"content\":\"hello\"},\"externalId\":\"%s\"}"::formatted)
                .collect(Collectors.joining(",", "{\"events\":[", "]}"));
        for (JsonNode item : send(agent, events).get("items")) {
            acknowledged.put(
                    item.get("externalId").asString(),
                    new Acknowledged(agent, item.get("seq").asLong()));
        }
    }

    private JsonNode send(String agent, String events) throws InterruptedException {
        while (true) {
            try {
                URI server = servers.get(random.nextInt(servers.size()));
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(server.resolve("/agents/" + agent + "/events/batch"))
                                .timeout(Duration.ofSeconds(20))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(events))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200 || answer.statusCode() == 201) {
                    return JSON.readTree(answer.body());
                }
                if (answer.statusCode() < 500) {
                    throw new AssertionError("a good request was answered " + answer.statusCode() + answer.body());
                }
            } catch (IOException cutOff) {
                // Whether it was taken is not known: it is sent again.
            }
            LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
        }
    }
}

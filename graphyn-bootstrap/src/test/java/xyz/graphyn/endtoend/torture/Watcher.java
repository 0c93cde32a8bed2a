package xyz.graphyn.endtoend.torture;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Watches all agents as a careful client does: when the connection ends, whoever ended it, it comes back to any server and
 * asks for what follows the last event that it had. It leaves by itself now and then, too.
 */
final class Watcher implements Runnable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration LONGEST_STAY = Duration.ofSeconds(6);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(200);

    private final HttpClient http;
    private final List<URI> servers;
    private final String token;
    private final Random random;
    private final BooleanSupplier stopped;

    // Guarded by this.
    private final Map<String, List<String>> seen = new TreeMap<>();
    private final List<String> wrongs = new ArrayList<>();

    Watcher(HttpClient http, List<URI> servers, String token, List<String> agents, long seed, BooleanSupplier stopped) {
        this.http = http;
        this.servers = servers;
        this.token = token;
        this.random = new Random(seed);
        this.stopped = stopped;
        agents.forEach(agent -> seen.put(agent, new ArrayList<>()));
    }

    @Override
    public void run() {
        while (!stopped.getAsBoolean()) {
            Connection connection = new Connection();
            try {
                URI server = servers.get(random.nextInt(servers.size()));
                WebSocket socket = http.newWebSocketBuilder()
                        .connectTimeout(Duration.ofSeconds(5))
                        .buildAsync(URI.create("ws" + server.toString().substring(4) + "/stream"), connection)
                        .join();
                connection.stay(random.nextLong(LONGEST_STAY.toMillis()));
                socket.abort();
            } catch (CompletionException refused) {
                LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            }
            connection.leave();
        }
    }

    /** The external ids of each agent's events, in the order in which they came. */
    synchronized Map<String, List<String>> seen() {
        return seen.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, agent -> List.copyOf(agent.getValue())));
    }

    /** What no server should have sent. */
    synchronized List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    private synchronized String subscribe() {
        return seen.entrySet().stream()
                .map(agent -> "{\"agentId\":\"" + agent.getKey() + "\",\"after\":"
                        + agent.getValue().size() + "}")
                .collect(Collectors.joining(
                        ",", "{\"type\":\"subscribe\",\"token\":\"" + token + "\",\"agents\":[", "]}"));
    }

    private synchronized void take(JsonNode message) {
        switch (message.get("type").asString()) {
            case "event" -> take(message.get("agentId").asString(), message.get("event"));
            case "events" ->
                message.get("events")
                        .forEach(event -> take(message.get("agentId").asString(), event));
            case "subscribed" -> {
                List<String> agent = seen.get(message.get("agentId").asString());
                if (agent == null || agent.size() != message.get("after").asLong()) {
                    wrongs.add(message.toString());
                }
            }
            case "error" -> {
                if (!message.get("code").asString().equals("unavailable")) {
                    wrongs.add(message.toString());
                }
            }
            default -> wrongs.add(message.toString());
        }
    }

    private void take(String agent, JsonNode event) {
        List<String> events = seen.getOrDefault(agent, List.of());
        if (event.get("seq").asLong() != events.size() + 1L) {
            wrongs.add("after " + events.size() + " came " + event);
        } else {
            events.add(event.get("externalId").asString());
        }
    }

    /** One connection; what comes of it after it was left is not looked at. */
    private final class Connection implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private boolean left;

        @Override
        public void onOpen(WebSocket socket) {
            var unused = socket.sendText(subscribe(), true);
            socket.request(1);
        }

        @Override
        public synchronized @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            if (!left) {
                text.append(data);
                if (last) {
                    JsonNode message = JSON.readTree(text.toString());
                    text.setLength(0);
                    take(message);
                    if (message.get("type").asString().equals("error")) {
                        ended.complete(null);
                    }
                }
                socket.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            ended.complete(null);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            ended.complete(null);
        }

        /** Returns when the time is over, or the connection ended. */
        void stay(long millis) {
            ended.completeOnTimeout(null, millis, TimeUnit.MILLISECONDS).join();
        }

        synchronized void leave() {
            left = true;
        }
    }
}

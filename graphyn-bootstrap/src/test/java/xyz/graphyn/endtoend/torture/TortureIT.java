package xyz.graphyn.endtoend.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.endtoend.site.Site;
import xyz.graphyn.endtoend.site.SiteServer;

/**
 * Two servers, twenty writers, fifty watchers, and everything that they stand on dies once or more. For longer runs, {@code
 * -Dgraphyn.torture.rounds=20}; for the same run again, {@code -Dgraphyn.torture.seed=…}, which is printed.
 */
final class TortureIT {
    private static final int WRITERS = 20;
    private static final int WATCHERS = 50;
    private static final int AGENTS = 4;
    private static final Duration BETWEEN_BLOWS = Duration.ofMillis(800);
    private static final Duration REDIS_AWAY = Duration.ofMillis(1_500);
    private static final Duration LONGEST_CATCHING_UP = Duration.ofSeconds(60);
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path folder;

    private final long seed = Long.getLong("graphyn.torture.seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final Map<String, Writer.Acknowledged> acknowledged = new ConcurrentHashMap<>();
    private volatile boolean writing = true;
    private volatile boolean watching = true;

    @Test
    void losesNothingOnASingleRedis() throws Exception {
        torment(1);
    }

    @Test
    void losesNothingOnARedisCluster() throws Exception {
        torment(3);
    }

    private void torment(int redisNodes) throws Exception {
        System.out.println("Torture: -Dgraphyn.torture.seed=" + seed);
        try (Site site = new Site(folder, redisNodes, 2);
                HttpClient http = HttpClient.newHttpClient();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                torment(site, http, threads);
            } finally {
                writing = false;
                watching = false;
                threads.shutdownNow();
            }
        }
    }

    private void torment(Site site, HttpClient http, ExecutorService threads) throws Exception {
        String token = site.token("ada");
        List<URI> servers = site.servers().stream().map(SiteServer::url).toList();
        List<String> agents = IntStream.range(0, AGENTS)
                .mapToObj(number -> newAgent(http, servers.getFirst(), token))
                .toList();
        List<Watcher> watchers = IntStream.range(0, WATCHERS)
                .mapToObj(number -> new Watcher(http, servers, token, agents, random.nextLong(), () -> !watching))
                .toList();
        List<Future<?>> running = new ArrayList<>();
        watchers.forEach(watcher -> running.add(threads.submit(watcher)));
        List<Future<?>> writers = IntStream.range(0, WRITERS)
                .<Future<?>>mapToObj(number -> threads.submit(new Writer(
                        http, servers, token, agents, number, random.nextLong(), acknowledged, () -> !writing)))
                .toList();
        for (int round = Integer.getInteger("graphyn.torture.rounds", 1); round > 0; round--) {
            strike(site);
        }
        site.servers().forEach(SiteServer::awaitReady);
        writing = false;
        for (Future<?> writer : writers) {
            writer.get(60, TimeUnit.SECONDS);
        }
        Map<String, List<String>> stored = new HashMap<>();
        agents.forEach(agent -> stored.put(agent, stored(http, servers.getLast(), token, agent)));
        compare(stored);
        awaitAll(watchers, stored);
        watching = false;
        for (Future<?> watcher : running) {
            watcher.get(60, TimeUnit.SECONDS);
        }
        for (Watcher watcher : watchers) {
            assertEquals(List.of(), watcher.wrongs());
            assertEquals(stored, watcher.seen());
        }
        System.out.println("Torture: " + acknowledged.size() + " events acknowledged, stored once, and seen once and in"
                + " order by each of " + WATCHERS + " watchers");
    }

    /** Each blow once, in any order. */
    private void strike(Site site) {
        List<Runnable> blows = new ArrayList<>(List.of(
                () -> killAndStart(site.servers().getFirst()),
                () -> killAndStart(site.servers().getLast()),
                () -> site.redis().flush(),
                () -> redisAway(site),
                site::crashPostgres));
        Collections.shuffle(blows, random);
        for (Runnable blow : blows) {
            LockSupport.parkNanos(BETWEEN_BLOWS.toNanos());
            blow.run();
        }
        LockSupport.parkNanos(BETWEEN_BLOWS.toNanos());
    }

    private static void killAndStart(SiteServer server) {
        server.kill();
        server.startAgain();
    }

    private void redisAway(Site site) {
        int node = random.nextInt(site.redis().size());
        site.redis().kill(node);
        LockSupport.parkNanos(REDIS_AWAY.toNanos());
        site.redis().startAgain(node);
    }

    private void compare(Map<String, List<String>> stored) {
        int count = 0;
        for (Map.Entry<String, List<String>> agent : stored.entrySet()) {
            List<String> ids = agent.getValue();
            assertEquals(ids.size(), new HashSet<>(ids).size(), "no event was stored twice");
            count += ids.size();
            for (int i = 0; i < ids.size(); i++) {
                assertEquals(new Writer.Acknowledged(agent.getKey(), i + 1L), acknowledged.get(ids.get(i)));
            }
        }
        assertEquals(acknowledged.size(), count);
        assertTrue(count > 0);
    }

    private static void awaitAll(List<Watcher> watchers, Map<String, List<String>> stored) {
        long end = System.nanoTime() + LONGEST_CATCHING_UP.toNanos();
        for (Watcher watcher : watchers) {
            while (!watcher.seen().equals(stored) && watcher.wrongs().isEmpty() && System.nanoTime() < end) {
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        }
    }

    private static String newAgent(HttpClient http, URI server, String token) {
        return send(http, server, token, "/agents", HttpRequest.BodyPublishers.ofString("{\"name\":\"Tormented\"}"))
                .get("id")
                .asString();
    }

    /** The external ids in the order of {@code seq}, which has no hole. */
    private static List<String> stored(HttpClient http, URI server, String token, String agent) {
        List<String> ids = new ArrayList<>();
        JsonNode page;
        do {
            page = send(
                    http, server, token, "/agents/" + agent + "/events?order=asc&limit=200&after=" + ids.size(), null);
            for (JsonNode event : page.get("items")) {
                ids.add(event.get("externalId").asString());
                assertEquals(ids.size(), event.get("seq").asLong());
            }
        } while (!page.get("items").isEmpty());
        return ids;
    }

    private static JsonNode send(
            HttpClient http, URI server, String token, String path, HttpRequest.@Nullable BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
        if (body != null) {
            request.POST(body).header("Content-Type", "application/json");
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new AssertionError(path + " was answered " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException failed) {
            throw new AssertionError(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }
}

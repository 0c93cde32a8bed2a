package xyz.graphyn.benchmarks.recall;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import xyz.graphyn.benchmarks.recall.Corpus.Conversation;
import xyz.graphyn.benchmarks.recall.Corpus.Turn;

/** A server, as an agent's developer uses it: over one connection, with a token. */
final class Server {
    private static final int BATCH = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_PROCESSING = Duration.ofMinutes(30);

    private final JsonMapper json = JsonMapper.shared();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final URI url;
    private final String token;

    Server(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    /** Nodes that were found or taken, by the externalId of the turn that they were made from. */
    record Answer(List<String> turns, long tokens, long nanos) {}

    /** @param lagMillis from the last event's being accepted to its being searchable */
    record Ingested(String agent, int events, long nanos, long lagMillis, long tokens) {}

    Ingested ingest(Conversation conversation) throws IOException, InterruptedException {
        ObjectNode profile = json.createObjectNode();
        profile.put("name", "evaluation " + conversation.set() + " " + conversation.id());
        String agent = newAgent(profile);
        long start = System.nanoTime();
        List<Turn> turns = conversation.turns();
        for (int from = 0; from < turns.size(); from += BATCH) {
            ObjectNode batch = json.createObjectNode();
            ArrayNode events = batch.putArray("events");
            turns.subList(from, Math.min(turns.size(), from + BATCH)).forEach(turn -> events.add(event(turn)));
            send("POST", "/agents/" + agent + "/events/batch", batch);
        }
        long accepted = System.nanoTime();
        JsonNode memory = awaitMemory(agent);
        long searchable = System.nanoTime();
        return new Ingested(
                agent,
                turns.size(),
                searchable - start,
                Duration.ofNanos(searchable - accepted).toMillis(),
                memory.get("tokens").asLong());
    }

    private String newAgent(ObjectNode profile) throws IOException, InterruptedException {
        return send("POST", "/agents", profile).get("id").asString();
    }

    String newAgent(String name) throws IOException, InterruptedException {
        return newAgent(json.createObjectNode().put("name", name));
    }

    /** Waits until all that was accepted is part of memory. */
    JsonNode awaitMemory(String agent) throws IOException, InterruptedException {
        long start = System.nanoTime();
        JsonNode memory = send("GET", "/agents/" + agent + "/memory", null);
        while (memory.get("processedSeq").asLong() < memory.get("eventHead").asLong()) {
            if (System.nanoTime() - start > LONGEST_PROCESSING.toNanos()) {
                throw new IOException("memory does not get on: " + memory);
            }
            Thread.sleep(20);
            memory = send("GET", "/agents/" + agent + "/memory", null);
        }
        if (memory.get("setAside").asLong() > 0) {
            throw new IOException("events were set aside: " + memory);
        }
        return memory;
    }

    /** @return the {@code seq} of the last */
    long say(String agent, String session, List<String> texts) throws IOException, InterruptedException {
        ObjectNode batch = json.createObjectNode();
        ArrayNode events = batch.putArray("events");
        for (String text : texts) {
            ObjectNode event = events.addObject();
            event.put("type", "message").put("sessionId", session);
            event.putObject("payload").put("role", "user").put("content", text);
        }
        JsonNode items =
                send("POST", "/agents/" + agent + "/events/batch", batch).get("items");
        return items.get(items.size() - 1).get("seq").asLong();
    }

    /** @param minSeq 0 to wait for none */
    Answer search(String agent, String query, int limit, long minSeq) throws IOException, InterruptedException {
        ObjectNode request = json.createObjectNode();
        request.put("query", query);
        request.put("limit", limit);
        if (minSeq > 0) {
            request.put("minSeq", minSeq);
        }
        long start = System.nanoTime();
        JsonNode found = send("POST", "/agents/" + agent + "/search", request);
        long nanos = System.nanoTime() - start;
        List<String> turns = new ArrayList<>();
        found.get("items").forEach(item -> turns.add(turn(item.get("node"))));
        return new Answer(turns, 0, nanos);
    }

    private ObjectNode event(Turn turn) {
        ObjectNode event = json.createObjectNode();
        event.put("type", "message");
        ObjectNode payload = event.putObject("payload");
        boolean role = turn.speaker().equals("user") || turn.speaker().equals("assistant");
        payload.put("role", role ? turn.speaker() : "user");
        if (!role) {
            payload.put("name", turn.speaker());
        }
        payload.put("content", turn.content());
        event.put("externalId", turn.externalId());
        event.put("sessionId", turn.session());
        if (turn.occurredAt() != null) {
            event.put("occurredAt", turn.occurredAt());
        }
        return event;
    }

    Answer search(String agent, String query, int limit) throws IOException, InterruptedException {
        return search(agent, query, limit, 0);
    }

    Answer context(String agent, String query, long budget) throws IOException, InterruptedException {
        ObjectNode request = json.createObjectNode();
        request.put("query", query);
        request.put("tokenBudget", budget);
        long start = System.nanoTime();
        JsonNode context = send("POST", "/agents/" + agent + "/context", request);
        long nanos = System.nanoTime() - start;
        List<String> turns = new ArrayList<>();
        context.get("nodes").forEach(node -> turns.add(turn(node)));
        return new Answer(turns, context.get("usage").get("contextTokens").asLong(), nanos);
    }

    void remove(String agent) throws IOException, InterruptedException {
        send("DELETE", "/agents/" + agent, null);
    }

    private static String turn(JsonNode node) {
        return node.get("sourceExternalId").asString("");
    }

    JsonNode send(String method, String path, @Nullable JsonNode body) throws IOException, InterruptedException {
        HttpRequest.BodyPublisher publisher = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body));
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + " answered " + response.statusCode() + ": "
                    + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response.body().length == 0 ? json.createObjectNode() : json.readTree(response.body());
    }
}

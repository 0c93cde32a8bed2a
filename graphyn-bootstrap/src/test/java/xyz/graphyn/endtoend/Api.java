package xyz.graphyn.endtoend;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the REST API that takes any answer as it comes. */
final class Api {
    static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final URI base;
    private final String token;

    /** @param token empty for none */
    Api(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    record Answer(int status, HttpResponse<String> response) {
        String body() {
            return response.body();
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The answer, if it is of this status. */
        Answer expect(int expected) {
            if (status != expected) {
                throw new AssertionError(
                        "expected " + expected + " from " + response.request() + " but got " + status + ": " + body());
            }
            return this;
        }
    }

    Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody(), Map.of());
    }

    Answer post(String path, String body) {
        return send("POST", path, BodyPublishers.ofString(body), Map.of("Content-Type", "application/json"));
    }

    Answer patch(String path, String body) {
        return send(
                "PATCH", path, BodyPublishers.ofString(body), Map.of("Content-Type", "application/merge-patch+json"));
    }

    Answer delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody(), Map.of());
    }

    Answer send(String method, String path, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Creates an agent and gives its path. */
    String newAgent(String name) {
        JsonNode agent = post("/agents", JSON.writeValueAsString(Map.of("name", name)))
                .expect(201)
                .json();
        return "/agents/" + agent.get("id").asString();
    }

    /** Every item of a list, page by page. */
    List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String page = path;
        while (true) {
            JsonNode list = get(page).expect(200).json();
            list.get("items").forEach(items::add);
            if (list.get("nextCursor").isNull()) {
                return items;
            }
            page = path + (path.contains("?") ? "&" : "?") + "cursor="
                    + list.get("nextCursor").asString();
        }
    }
}

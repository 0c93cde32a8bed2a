package xyz.graphyn.bootstrap.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** As little of a client as an agent needs. */
final class DemoClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final JsonMapper json = JsonMapper.shared();
    private final URI server;
    private final String token;

    DemoClient(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    JsonNode get(String path) throws DemoException, InterruptedException {
        return send("GET", path, null);
    }

    JsonNode post(String path, String body) throws DemoException, InterruptedException {
        return send("POST", path, body);
    }

    private JsonNode send(String method, String path, @Nullable String body)
            throws DemoException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofByteArray());
            JsonNode answer = json.readTree(response.body());
            if (response.statusCode() / 100 != 2) {
                throw new DemoException(method + " " + path + " was answered " + response.statusCode() + ": " + answer);
            }
            return answer;
        } catch (IOException broken) {
            throw new DemoException("The server can't be reached: " + broken.getMessage());
        }
    }

    /** A JSON string. */
    String quoted(String text) {
        return json.writeValueAsString(text);
    }

    @Override
    public void close() {
        http.close();
    }
}

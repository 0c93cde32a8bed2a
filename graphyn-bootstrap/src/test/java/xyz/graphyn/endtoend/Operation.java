package xyz.graphyn.endtoend;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One operation of the API as its OpenAPI document tells it, so that a test that sweeps all of them needs no list of its
 * own and a new endpoint can't escape.
 *
 * @param example a good body; null if the operation takes none
 */
record Operation(
        String method,
        String path,
        @Nullable String contentType,
        @Nullable String example,
        JsonNode node) {

    static List<Operation> all(Api api) {
        List<Operation> operations = new ArrayList<>();
        api.get("/openapi.json")
                .expect(200)
                .json()
                .get("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, node) -> {
                    if (!method.equals("parameters")) {
                        operations.add(operation(path, method, node));
                    }
                }));
        return operations;
    }

    private static Operation operation(String path, String method, JsonNode node) {
        String contentType = null;
        String example = null;
        for (Map.Entry<String, JsonNode> content :
                node.path("requestBody").path("content").properties()) {
            if (content.getKey().equals("application/x-ndjson")) {
                continue; // the same things, one on each line
            }
            contentType = content.getKey();
            JsonNode media = content.getValue();
            JsonNode examples = media.path("examples");
            JsonNode value = examples.isEmpty()
                    ? media.path("example")
                    : examples.iterator().next().path("value");
            example = value.toString();
        }
        return new Operation(method.toUpperCase(Locale.ROOT), path, contentType, example, node);
    }

    boolean takesABody() {
        return contentType != null;
    }

    boolean takes(String queryParameter) {
        for (JsonNode parameter : node.path("parameters")) {
            if (parameter.path("in").asString("").equals("query")
                    && parameter.path("name").asString("").equals(queryParameter)) {
                return true;
            }
        }
        return false;
    }

    boolean isOpen() {
        return node.path("security").isArray() && node.path("security").isEmpty();
    }

    /** Its path, on these things. */
    String on(Map<String, String> ids) {
        String filled = path;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            filled = filled.replace("{" + id.getKey() + "}", id.getValue());
        }
        return filled;
    }

    Api.Answer send(Api api, String filledPath, @Nullable String body) {
        return body == null
                ? api.send(method, filledPath, BodyPublishers.noBody(), Map.of())
                : api.send(
                        method,
                        filledPath,
                        BodyPublishers.ofString(body),
                        Map.of("Content-Type", contentType == null ? "application/json" : contentType));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}

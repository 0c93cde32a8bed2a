package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The main job on real conversations, which are no part of the product: {@code GRAPHYN_CORPORA} names the folder with
 * {@code memory/dev.json.gz}. Without it the check is skipped; a folder without that file fails it.
 */
@EnabledIfEnvironmentVariable(
        named = "GRAPHYN_CORPORA",
        matches = ".+",
        disabledReason = "GRAPHYN_CORPORA names no folder with real conversations, so this check is skipped.")
class CorpusIT {
    @TempDir
    static Path home;

    private final Path corpus = Path.of(System.getenv("GRAPHYN_CORPORA")).resolve("memory/dev.json.gz");

    private static ObjectNode event(JsonNode turn) {
        ObjectNode event = Api.JSON.createObjectNode();
        event.put("type", "message");
        event.putObject("payload")
                .put("role", "user")
                .put("name", turn.get("speaker").asString())
                .put("content", turn.get("text").asString());
        event.set("externalId", turn.get("externalId"));
        event.set("sessionId", turn.get("session"));
        event.set("occurredAt", turn.get("occurredAt"));
        return event;
    }

    private static List<JsonNode> told(List<JsonNode> events) {
        return events.stream()
                .map(event -> (JsonNode) ((ObjectNode) event.deepCopy())
                        .retain("type", "payload", "externalId", "sessionId", "occurredAt"))
                .toList();
    }

    private static Instant occurredAt(JsonNode event) {
        return Instant.parse(event.get("occurredAt").asString());
    }

    private static String query(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void keepsEveryTurnOfEveryConversation() throws IOException {
        JsonNode sets;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(corpus))) {
            sets = Api.JSON.readTree(in);
        }
        int conversations = 0;
        int turns = 0;
        try (RunningServer server = RunningServer.start(home)) {
            Api ada = server.as("ada", "acme", "admin");
            for (JsonNode set : sets) {
                for (JsonNode conversation : set.get("conversations")) {
                    List<JsonNode> expected = new ArrayList<>();
                    conversation.get("turns").forEach(turn -> expected.add(event(turn)));
                    check(server, ada, conversation.get("id").asString(), expected);
                    conversations++;
                    turns += expected.size();
                }
            }
        }
        System.out.println("Corpus: " + conversations + " conversations, " + turns + " turns, all as they were sent");
        assertTrue(turns > 0);
    }

    private static void check(RunningServer server, Api ada, String name, List<JsonNode> expected) throws IOException {
        String agent = ada.newAgent(name);
        Path file = home.resolve(name + ".ndjson");
        Files.write(file, expected.stream().map(JsonNode::toString).toList());
        importTwice(server, agent, file);

        List<JsonNode> ascending = ada.all(agent + "/events?order=asc&limit=200");
        assertEquals(expected, told(ascending), name);
        assertEquals(
                LongStream.rangeClosed(1, expected.size()).boxed().toList(),
                ascending.stream().map(event -> event.get("seq").asLong()).toList());
        assertEquals(ascending.reversed(), ada.all(agent + "/events?limit=200"));

        for (String session : expected.stream()
                .map(event -> event.get("sessionId").asString())
                .distinct()
                .toList()) {
            assertEquals(
                    expected.stream()
                            .filter(event -> event.get("sessionId").asString().equals(session))
                            .toList(),
                    told(ada.all(agent + "/events?order=asc&limit=200&sessionId=" + query(session))),
                    name + " " + session);
        }
        Instant from = occurredAt(expected.get(expected.size() / 3));
        Instant to = occurredAt(expected.get(expected.size() * 2 / 3));
        assertEquals(
                expected.stream()
                        .filter(event -> !occurredAt(event).isBefore(from))
                        .filter(event -> occurredAt(event).isBefore(to))
                        .toList(),
                told(ada.all(agent + "/events?order=asc&limit=200&from=" + from + "&to=" + to)),
                name + " from " + from + " to " + to);
    }

    private static void importTwice(RunningServer server, String agent, Path file) {
        Stream.of("first", "again")
                .forEach(time -> server.run(
                        "import",
                        "--url",
                        server.url().toString(),
                        "--agent",
                        agent.substring("/agents/".length()),
                        "--user",
                        "ada",
                        "--org",
                        "acme",
                        "--role",
                        "admin",
                        "--batch",
                        "100",
                        file.toString()));
    }
}

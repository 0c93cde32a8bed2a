package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** What the product is for, from the socket to the disk and back. */
class MainJobIT {
    @TempDir
    static Path home;

    private static RunningServer server;
    private static Api ada;

    @BeforeAll
    static void start() {
        server = RunningServer.shared();
        ada = server.as("ada", "jobs", "admin");
    }

    private static List<Long> seqs(List<JsonNode> events) {
        return events.stream().map(event -> event.get("seq").asLong()).toList();
    }

    private static List<Long> firstNumbers(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    @Test
    void keepsAConversationAndGivesItBackInEveryOrder() throws IOException {
        String agent = ada.newAgent("Conversation");
        List<ObjectNode> turns = new ArrayList<>();
        for (int i = 0; i < 730; i++) {
            ObjectNode turn = Api.JSON.createObjectNode();
            turn.put("type", "message");
            turn.putObject("payload")
                    .put("role", "user")
                    .put("name", "Zoë")
                    .put("content", Samples.NASTY_TEXT + " " + i);
            turn.put("externalId", "D" + i / 100 + ":" + i % 100);
            turn.put("sessionId", "session-" + i / 100);
            turn.put("occurredAt", "2023-05-0" + (1 + i / 100) + "T13:%02d:%02d.000Z".formatted(i % 100 / 60, i % 60));
            turns.add(turn);
        }
        Path file = home.resolve("conversation.ndjson");
        Files.write(file, turns.stream().map(ObjectNode::toString).toList());

        importEvents(agent, file);
        importEvents(agent, file);

        List<JsonNode> ascending = ada.all(agent + "/events?order=asc&limit=200");
        assertEquals(firstNumbers(turns.size()), seqs(ascending), "imported twice, stored once");
        for (int i = 0; i < turns.size(); i++) {
            for (String field : List.of("type", "payload", "externalId", "sessionId", "occurredAt")) {
                assertEquals(turns.get(i).get(field), ascending.get(i).get(field), field + " of turn " + i);
            }
        }
        assertEquals(ascending.reversed(), ada.all(agent + "/events?limit=150"));
        assertEquals(ascending.subList(300, 400), ada.all(agent + "/events?order=asc&sessionId=session-3"));
        assertEquals(
                ascending.subList(200, 300),
                ada.all(agent + "/events?order=asc&from=2023-05-03T00:00:00Z&to=2023-05-04T00:00:00Z"));
    }

    private void importEvents(String agent, Path file) {
        server.run(
                "import",
                "--url",
                server.url().toString(),
                "--agent",
                agent.substring("/agents/".length()),
                "--user",
                "ada",
                "--org",
                "jobs",
                "--role",
                "admin",
                file.toString());
    }

    @Test
    void numbersFiftyConcurrentWritersWithoutAGap() {
        String agent = ada.newAgent("Busy");
        Concurrently.run(50, writer -> {
            for (int i = 0; i < 10; i++) {
                String event = "{\"type\":\"tick\",\"payload\":{\"writer\":%d,\"i\":%d}}".formatted(writer, i);
                ada.post(agent + "/events", event).expect(201);
            }
            return writer;
        });
        List<JsonNode> events = ada.all(agent + "/events?order=asc&limit=200");
        assertEquals(firstNumbers(500), seqs(events));
        for (int writer = 0; writer < 50; writer++) {
            int number = writer;
            assertEquals(
                    IntStream.range(0, 10).boxed().toList(),
                    events.stream()
                            .map(event -> event.get("payload"))
                            .filter(payload -> payload.get("writer").asInt() == number)
                            .map(payload -> payload.get("i").asInt())
                            .toList(),
                    "each writer's own order is kept");
        }
    }

    @Test
    void remembersAndForgetsNodes() {
        String agent = ada.newAgent("Memory");
        JsonNode node = ada.post(
                        agent + "/nodes",
                        "{\"type\":\"fact\",\"content\":\"Ada likes tea\",\"labels\":[\"taste\"],\"externalId\":\"n1\"}")
                .expect(201)
                .json();
        String path = agent + "/nodes/" + node.get("id").asString();
        assertEquals(node, ada.get(path).expect(200).json());
        assertEquals(List.of(node), ada.all(agent + "/nodes?label=taste"));
        JsonNode changed = ada.patch(path, "{\"content\":\"Ada likes coffee\",\"properties\":{\"sure\":true}}")
                .expect(200)
                .json();
        assertEquals("Ada likes coffee", changed.get("content").asString());
        assertTrue(changed.get("properties").get("sure").asBoolean());
        ada.delete(path).expect(204);
        ada.get(path).expect(404);
    }

    @Test
    void createsAnAgentOnceUnderAnIdempotencyKey() {
        List<String> ids = Concurrently.run(
                        10,
                        i -> ada.send(
                                "POST",
                                "/agents",
                                BodyPublishers.ofString("{\"name\":\"Only one of me\"}"),
                                Map.of("Content-Type", "application/json", "Idempotency-Key", "only-one")))
                .stream()
                .filter(answer -> answer.status() != 409)
                .map(answer -> answer.expect(201).json().get("id").asString())
                .distinct()
                .toList();
        assertEquals(1, ids.size());
        assertEquals(1, ada.all("/agents?q=only%20one").size());
    }

    @Test
    void takesAnAgentAwayWithAllThatIsItsOwn() {
        String agent = ada.newAgent("Short-lived");
        ada.post(agent + "/events", "{\"type\":\"a\",\"payload\":{}}").expect(201);
        ada.delete(agent).expect(204);
        ada.get(agent).expect(404);
        ada.get(agent + "/events").expect(404);
        ada.post(agent + "/events", "{\"type\":\"a\",\"payload\":{}}").expect(404);
        ada.delete(agent).expect(404);
    }

    @Test
    void listsAgentsNewestFirst() {
        Api grace = server.as("grace", "pages", "admin");
        List<String> created = IntStream.range(0, 7)
                .mapToObj(i -> grace.newAgent("Agent " + i))
                .toList();
        List<String> listed = grace.all("/agents?limit=3").stream()
                .map(agent -> "/agents/" + agent.get("id").asString())
                .toList();
        assertEquals(created.stream().sorted(Comparator.reverseOrder()).toList(), listed);
    }
}

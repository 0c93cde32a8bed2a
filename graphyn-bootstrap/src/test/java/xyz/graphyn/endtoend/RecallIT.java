package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** From a posted message to the context of a prompt, through the socket, with the model and the index that people get. */
class RecallIT {
    private static Api ada;
    private static Api viewer;
    private static String agent;

    @BeforeAll
    static void start() {
        RunningServer server = RunningServer.shared();
        ada = server.as("ada", "recall", "admin");
        viewer = server.as("vera", "recall", "viewer");
        agent = ada.newAgent("Travels");
        say("chat-1", "2026-03-01T10:00:00Z", "Ada", "I would never take a plane if there is a night train.");
        say("chat-1", "2026-03-01T10:00:30Z", "Tom", "Even to Palermo? That takes a whole day.");
        say("chat-2", "2026-03-09T10:00:00Z", "Ada", "My new address for tickets is ada.l@example.org, please use it.");
        say("chat-2", "2026-03-09T10:01:00Z", "Tom", "The garden needs water while you are away.");
    }

    private static long say(String session, String at, String name, String text) {
        ObjectNode event = Api.JSON.createObjectNode();
        event.put("type", "message").put("sessionId", session).put("occurredAt", at);
        event.putObject("payload").put("role", "user").put("name", name).put("content", text);
        return ada.post(agent + "/events", event.toString())
                .expect(201)
                .json()
                .get("seq")
                .asLong();
    }

    private static JsonNode ask(Api as, String what, String query, String more) {
        ObjectNode body = Api.JSON.createObjectNode();
        body.put("query", query).put("minSeq", 4);
        String text = body.toString();
        return as.post(agent + what, text.substring(0, text.length() - 1) + more + "}")
                .expect(200)
                .json();
    }

    private static List<String> contents(JsonNode found) {
        return StreamSupport.stream(found.get("items").spliterator(), false)
                .map(item -> item.get("node").get("content").asString())
                .toList();
    }

    @Test
    void findsWhatIsMeantAndSaysWhy() {
        JsonNode found = ask(ada, "/search", "How does Ada like to travel?", ",\"limit\":2");
        assertEquals(2, found.get("items").size());
        JsonNode first = found.get("items").get(0);
        assertEquals(
                "I would never take a plane if there is a night train.",
                first.get("node").get("content").asString());
        assertTrue(first.get("why").get("signals").size() > 1);
        assertTrue(first.get("score").asDouble()
                >= found.get("items").get(1).get("score").asDouble());
    }

    @Test
    void assemblesTheSameContextEachTime() {
        JsonNode context = ask(ada, "/context", "Which trains does Ada take?", ",\"tokenBudget\":60");
        assertTrue(context.get("text").asString().contains("1 March 2026\nAda: I would never take a plane"));
        JsonNode usage = context.get("usage");
        assertTrue(usage.get("contextTokens").asLong() <= 60);
        assertEquals("o200k_base", usage.get("tokenizer").asString());
        assertEquals(
                context.get("text"),
                ask(ada, "/context", "Which trains does Ada take?", ",\"tokenBudget\":60")
                        .get("text"));
    }

    @Test
    void keepsTheLatestMessagesWhateverIsAsked() {
        JsonNode context = ask(ada, "/context", "night train", ",\"tokenBudget\":1000,\"recent\":1");
        assertTrue(context.get("text").asString().contains("The garden needs water"));
    }

    @Test
    void givesNoHintOfWhatIsHidden() {
        String hidden = "ada.l@example.org";
        assertTrue(contents(ask(ada, "/search", hidden, "")).getFirst().contains(hidden));
        JsonNode found = ask(viewer, "/search", hidden, "");
        assertFalse(found.toString().contains("ada.l"));
        found.get("items")
                .forEach(item -> assertEquals(0, item.get("why").get("terms").size()));
        JsonNode context = ask(viewer, "/context", "Where do tickets go?", ",\"tokenBudget\":500");
        assertTrue(context.get("text").asString().contains("[EMAIL]"));
        assertFalse(context.toString().contains("ada.l"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the of and",
                "\ud83d\ude80\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67",
                "\u96fb\u8eca\u306f\u3069\u3053",
                "?!",
                "-"
            })
    void answersQuestionsThatSayLittle(String query) {
        assertEquals(4, ask(ada, "/search", query, "").get("items").size());
        assertTrue(ask(ada, "/context", query, ",\"tokenBudget\":1000")
                        .get("nodes")
                        .size()
                > 0);
    }

    @Test
    void refusesBadBudgetsAndWaitsForNothingThatIsNotThere() {
        for (String budget : List.of("0", "-1", "10000001", "1.5", "\"9\"")) {
            ada.post(agent + "/context", "{\"query\":\"q\",\"tokenBudget\":" + budget + "}")
                    .expect(400);
        }
        ada.post(agent + "/search", "{\"query\":\"q\",\"minSeq\":99}").expect(409);
        assertEquals(
                "",
                ask(ada, "/context", "night train", ",\"tokenBudget\":1")
                        .get("text")
                        .asString());
        assertEquals(
                4,
                ask(ada, "/context", "night train", ",\"tokenBudget\":10000000")
                        .get("nodes")
                        .size());
    }

    @Test
    void answersOfAnEmptyMemory() {
        String empty = ada.newAgent("Empty");
        assertEquals(
                0,
                ada.post(empty + "/search", "{\"query\":\"anything\"}")
                        .expect(200)
                        .json()
                        .get("items")
                        .size());
        JsonNode context = ada.post(empty + "/context", "{\"query\":\"anything\",\"tokenBudget\":100}")
                .expect(200)
                .json();
        assertEquals(0, context.get("usage").get("baselineTokens").asLong());
        assertEquals("", context.get("text").asString());
    }

    @Test
    void takesInALongMessageAndCitesAPartOfIt() {
        String other = ada.newAgent("Long");
        String filler = "Nothing of that is of any interest to anybody at all. ";
        String text = filler.repeat(9_000) + "The key is under the blue flowerpot. " + filler.repeat(9_000);
        ada.post(
                        other + "/nodes",
                        Api.JSON
                                .createObjectNode()
                                .put("type", "fact")
                                .put("content", text)
                                .toString())
                .expect(201);
        JsonNode context = ada.post(other + "/context", "{\"query\":\"Where is the key?\",\"tokenBudget\":200}")
                .expect(200)
                .json();
        assertTrue(context.get("text").asString().contains("under the blue flowerpot"));
        assertTrue(context.get("text").asString().length() < 1_000);
        assertEquals(1, context.get("excerpts").size());
    }

    @Test
    void forgetsWhatIsRemovedAtOnce() {
        String other = ada.newAgent("Short");
        List<String> ids = IntStream.range(0, 3)
                .mapToObj(
                        i -> ada.post(other + "/nodes", "{\"type\":\"fact\",\"content\":\"Fact of number " + i + "\"}")
                                .expect(201)
                                .json()
                                .get("id")
                                .asString())
                .toList();
        assertEquals(
                3,
                ada.post(other + "/search", "{\"query\":\"fact\"}")
                        .json()
                        .get("items")
                        .size());
        ada.delete(other + "/nodes/" + ids.get(1)).expect(204);
        JsonNode found =
                ada.post(other + "/search", "{\"query\":\"fact\"}").expect(200).json();
        assertEquals(2, found.get("items").size());
        assertFalse(found.toString().contains(ids.get(1)));
    }
}

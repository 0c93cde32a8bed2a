package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What memory finds by itself, what holds in the place of what, and memory as it was, through the socket. */
class NewerFactsIT {
    private static final String OLD = "My budget is 500 euros.";
    private static final String NEW = "Actually, my budget is now 700 euros.";
    private static final String OLD_TIME = "2026-03-01T10:00:00Z";
    private static final String BETWEEN = "2026-03-15T00:00:00Z";
    private static final String NEW_TIME = "2026-04-01T10:00:00Z";
    private static final String BUDGET = "What is the budget?";

    private static Api ada;
    private String agent = "";
    private long said;

    @BeforeAll
    static void start() {
        ada = RunningServer.shared().as("ada", "newer", "admin");
    }

    @BeforeEach
    void createAgent(TestInfo test) {
        agent = ada.newAgent(test.getDisplayName());
    }

    private void say(String session, String at, String name, String text) {
        ObjectNode event = Api.JSON.createObjectNode();
        event.put("type", "message").put("sessionId", session).put("occurredAt", at);
        event.putObject("payload").put("role", "user").put("name", name).put("content", text);
        said = ada.post(agent + "/events", event.toString())
                .expect(201)
                .json()
                .get("seq")
                .asLong();
    }

    private String fact(String at, String content) {
        ObjectNode node = Api.JSON.createObjectNode();
        node.put("type", "fact").put("content", content).put("occurredAt", at);
        return ada.post(agent + "/nodes", node.toString())
                .expect(201)
                .json()
                .get("id")
                .asString();
    }

    private Api.Answer patch(String node, String body) {
        return ada.patch(agent + "/nodes/" + node, body);
    }

    private static String by(String node) {
        return "{\"supersededBy\":\"" + node + "\"}";
    }

    private JsonNode node(String content) {
        return ada.all(agent + "/nodes").stream()
                .filter(node -> node.get("content").asString().equals(content))
                .findFirst()
                .orElseThrow();
    }

    private static String id(JsonNode node) {
        return node.get("id").asString();
    }

    private String successor(String node) {
        return ada.get(agent + "/nodes/" + node)
                .expect(200)
                .json()
                .get("supersededBy")
                .asString("none");
    }

    private void awaitSuccessor(String node, String newer) {
        Patience.until(() -> successor(node), newer::equals);
    }

    /** Linking has come to a node when it has come to what was told behind it, which is done in the order of changes. */
    private void awaitLinks() {
        String first = fact("1999-01-01T00:00:00Z", "The lighthouse keeper is 41 years old.");
        String second = fact("1999-01-02T00:00:00Z", "The lighthouse keeper is 42 years old.");
        awaitSuccessor(first, second);
        ada.delete(agent + "/nodes/" + second).expect(204);
        ada.delete(agent + "/nodes/" + first).expect(204);
    }

    private JsonNode ask(String what, String query, String more) {
        return ada.post(agent + what, "{\"query\":" + SensitiveSite.quoted(query) + ",\"minSeq\":" + said + more + "}")
                .expect(200)
                .json();
    }

    private static String asOf(String time) {
        return ",\"asOf\":\"" + time + "\"";
    }

    private Set<String> found(String query, String more) {
        Set<String> contents = new TreeSet<>();
        ask("/search", query, more)
                .get("items")
                .forEach(item -> contents.add(item.get("node").get("content").asString()));
        return contents;
    }

    private JsonNode context(String more) {
        return ask("/context", BUDGET, ",\"tokenBudget\":1000" + more);
    }

    private static boolean tells(JsonNode context, String content) {
        return context.get("text").asString().contains(content);
    }

    private void sayBoth() {
        say("chat-1", OLD_TIME, "Ada", OLD);
        say("chat-2", NEW_TIME, "Ada", NEW);
        ask("/search", BUDGET, ""); // waits for both
    }

    private List<JsonNode> edges(String relation) {
        return ada.all(agent + "/edges?relation=" + relation);
    }

    @Test
    void whatIsSaidLaterTakesThePlaceOfWhatWasSaid() {
        sayBoth();
        JsonNode older = node(OLD);
        awaitSuccessor(id(older), id(node(NEW)));
        assertEquals(Set.of(NEW), found(BUDGET, ""));
        assertTrue(tells(context(""), NEW));
        assertFalse(tells(context(""), OLD));
        assertFalse(tells(context(",\"recent\":10"), OLD));
        JsonNode fetched = ada.get(agent + "/nodes/" + id(older)).expect(200).json();
        assertEquals(OLD, fetched.get("content").asString());
        assertEquals(2, ada.all(agent + "/nodes").size());
        assertTrue(node(NEW).get("supersededBy").isNull());
    }

    @Test
    void memoryIsAskedForAsItWas() {
        sayBoth();
        awaitSuccessor(id(node(OLD)), id(node(NEW)));
        assertEquals(Set.of(OLD), found(BUDGET, asOf(BETWEEN)));
        assertEquals(Set.of(), found(BUDGET, asOf("2026-02-28T00:00:00Z")));
        assertEquals(Set.of(OLD), found(BUDGET, asOf(OLD_TIME)), "what occurred then counts");
        assertEquals(Set.of(NEW), found(BUDGET, asOf(NEW_TIME)));
        assertEquals(Set.of(NEW), found(BUDGET, asOf("2026-04-01T14:00:00+04:00")), "another offset, the same time");
        assertEquals(Set.of(), found(BUDGET, asOf(BETWEEN) + ",\"from\":\"2026-03-14T00:00:00Z\""));
        JsonNode then = context(asOf(BETWEEN) + ",\"recent\":1");
        assertTrue(tells(then, OLD));
        assertFalse(tells(then, NEW));
        assertEquals(1, then.get("nodes").size());
        JsonNode before = context(asOf("2026-02-28T00:00:00Z") + ",\"recent\":10");
        assertEquals("", before.get("text").asString());
    }

    @Test
    void theBaselineIsWhatHadBeenSaidByThen() {
        say("chat-1", OLD_TIME, "Ada", "The garden needs water while we are away.");
        long first = context("").get("usage").get("baselineTokens").asLong();
        say("chat-1", NEW_TIME, "Tom", "I shall see to it, if somebody leaves me the key of the shed.");
        long both = context("").get("usage").get("baselineTokens").asLong();
        assertTrue(first > 0 && both > first, first + " and " + both);
        JsonNode then = context(asOf(BETWEEN)).get("usage");
        assertEquals(first, then.get("baselineTokens").asLong());
        assertTrue(then.get("windowTokens").asLong() <= first, then::toString);
        JsonNode before = context(asOf("2026-01-01T00:00:00Z")).get("usage");
        assertEquals(0, before.get("baselineTokens").asLong());
        assertEquals(
                both, context(asOf(NEW_TIME)).get("usage").get("baselineTokens").asLong());
    }

    @Test
    void theRecentMessagesAreThoseOfThatTime() {
        for (int day = 1; day <= 5; day++) {
            say("chat-1", "2026-03-0" + day + "T10:00:00Z", "Ada", "Day " + day + " brought us rain and nothing more.");
        }
        JsonNode nodes = ask(
                        "/context",
                        "anything",
                        ",\"tokenBudget\":1000,\"recent\":2,\"from\":\"2026-03-02T00:00:00Z\""
                                + asOf("2026-03-03T10:00:00Z"))
                .get("nodes");
        List<String> contents = new ArrayList<>();
        nodes.forEach(node -> contents.add(node.get("content").asString()));
        assertEquals(
                List.of("Day 2 brought us rain and nothing more.", "Day 3 brought us rain and nothing more."),
                contents);
    }

    @Test
    void whatIsSaidTwiceInASessionIsFoundOnce() {
        String twice = "The parcel for Ada is at the neighbour's.";
        say("chat-1", OLD_TIME, "Tom", twice);
        say("chat-1", NEW_TIME, "Tom", twice);
        Patience.until(() -> ask("/search", "parcel", "").get("items").size(), count -> count == 1);
        List<JsonNode> both = ada.all(agent + "/nodes");
        assertEquals(2, both.size());
        assertTrue(both.getFirst().get("supersededBy").isNull(), "the newer one holds");
        assertEquals(id(both.getFirst()), both.getLast().get("supersededBy").asString());
    }

    @Test
    void whatIsSaidAgainInAnotherSessionIsAnotherEvent() {
        String twice = "We went for a swim in the lake today.";
        say("chat-1", OLD_TIME, "Tom", twice);
        say("chat-2", NEW_TIME, "Tom", twice);
        ask("/search", "lake", "");
        awaitLinks();
        assertEquals(2, ask("/search", "lake", "").get("items").size());
    }

    @Test
    void somebodyTellsWhatHoldsAndTakesItBackForGood() {
        String older = fact(OLD_TIME, "Ada lives in Vienna");
        String newer = fact(NEW_TIME, "Ada lives in Graz");
        awaitSuccessor(older, newer);
        assertTrue(patch(older, "{\"supersededBy\":null}")
                .expect(200)
                .json()
                .get("supersededBy")
                .isNull());
        assertEquals(Set.of("Ada lives in Vienna", "Ada lives in Graz"), found("Where does Ada live?", ""));
        patch(newer, "{\"labels\":[\"home\"]}").expect(200);
        patch(older, "{\"labels\":[\"home\"]}").expect(200);
        awaitLinks();
        assertEquals("none", successor(older), "memory does not find it again");
        patch(older, by(newer)).expect(200);
        assertEquals(Set.of("Ada lives in Graz"), found("Where does Ada live?", ""));
        assertEquals(Set.of("Ada lives in Vienna"), found("Where does Ada live?", asOf(BETWEEN)));
    }

    @Test
    void somebodyMayTellItOfAnything() {
        String older = fact(NEW_TIME, "Ada likes apples");
        String newer = fact(OLD_TIME, "Ada likes pears");
        patch(older, by(newer)).expect(200);
        assertEquals(newer, successor(older));
        assertEquals(Set.of("Ada likes pears"), found("What does Ada like?", ""));
        assertEquals(
                newer, patch(older, "{}").expect(200).json().get("supersededBy").asString());
    }

    private static void assertRefused(Api.Answer answer, String code) {
        JsonNode errors = answer.expect(400).json().get("errors");
        assertEquals("/supersededBy", errors.get(0).get("pointer").asString());
        assertEquals(code, errors.get(0).get("code").asString());
    }

    @Test
    void whatCannotHoldIsRefused() {
        String one = fact(OLD_TIME, "Ada likes apples");
        String two = fact(NEW_TIME, "Ada likes pears");
        String three = fact(NEW_TIME, "Ada likes plums");
        patch(one, by(two)).expect(200);
        patch(two, by(three)).expect(200);
        assertRefused(patch(one, by(one)), "circular");
        assertRefused(patch(two, by(one)), "circular");
        assertRefused(patch(three, by(one)), "circular");
        assertRefused(patch(three, by("01900000-0000-7000-8000-000000000000")), "unknown-node");
        assertRefused(patch(three, "{\"supersededBy\":\"pears\"}"), "malformed");
        assertRefused(patch(three, "{\"supersededBy\":7}"), "wrong-type");
        String elsewhere = ada.newAgent("Other");
        String stranger = ada.post(elsewhere + "/nodes", "{\"type\":\"fact\",\"content\":\"Ada likes figs\"}")
                .expect(201)
                .json()
                .get("id")
                .asString();
        assertRefused(patch(three, by(stranger)), "unknown-node");
        assertEquals("none", successor(three));
    }

    @Test
    void removingTheNewerOneFreesTheOlder() {
        String first = fact(OLD_TIME, "Ada lives in Vienna");
        String second = fact(NEW_TIME, "Ada lives in Graz");
        awaitSuccessor(first, second);
        ada.delete(agent + "/nodes/" + second).expect(204);
        assertEquals("none", successor(first));
        assertEquals(Set.of("Ada lives in Vienna"), found("Where does Ada live?", ""));
    }

    @Test
    void removingOneInTheMiddleLeavesTheLatest() {
        String first = fact(OLD_TIME, "Ada lives in Vienna");
        String second = fact(BETWEEN, "Ada lives in Linz");
        String third = fact(NEW_TIME, "Ada lives in Graz");
        awaitSuccessor(first, second);
        awaitSuccessor(second, third);
        ada.delete(agent + "/nodes/" + second).expect(204);
        awaitSuccessor(first, third);
        assertEquals(Set.of("Ada lives in Graz"), found("Where does Ada live?", ""));
    }

    @Test
    void linksComeByThemselvesAndAreWalked() {
        say("chat-1", "2026-03-01T10:00:00Z", "Ada", "The train to Graz leaves in the morning.");
        say("chat-1", "2026-03-01T10:01:00Z", "Tom", "Water the flowers before we go.");
        say("chat-1", "2026-03-01T10:02:00Z", "Ada", "The train to Graz leaves early in the morning.");
        ask("/search", "train", "");
        String first = id(node("The train to Graz leaves in the morning."));
        String second = id(node("Water the flowers before we go."));
        String third = id(node("The train to Graz leaves early in the morning."));
        List<JsonNode> next = Patience.until(() -> edges("next"), edges -> edges.size() == 2);
        assertEquals(Set.of(first + second, second + third), Set.of(ends(next.getFirst()), ends(next.getLast())));
        JsonNode mentions = Patience.until(() -> edges("mentions"), edges -> edges.size() == 1)
                .getFirst();
        assertEquals(third + first, ends(mentions));
        assertEquals("[\"Graz\"]", mentions.get("properties").get("names").toString());
        JsonNode similar = Patience.until(() -> edges("similar"), edges -> edges.size() == 1)
                .getFirst();
        assertEquals(third + first, ends(similar));
        double score = similar.get("properties").get("score").asDouble();
        assertTrue(score >= 0.75 && score <= 1.001, similar::toString);
        List<JsonNode> all = ada.all(agent + "/edges");
        all.forEach(edge -> assertTrue(edge.get("derived").asBoolean(), edge::toString));
        assertEquals(
                all.size(),
                ada.get(agent + "/memory").expect(200).json().get("edges").asInt());
        assertEquals(Set.of(first, second), around(third, ""));
        assertEquals(Set.of(first), around(third, "?relation=mentions"));
        assertEquals(Set.of(first), around(third, "?relation=similar&direction=out"));
        assertEquals(Set.of(), around(third, "?relation=next&direction=out"));
        assertEquals(Set.of(second), around(third, "?relation=next&direction=in"));
        assertEquals(Set.of(first, second), around(third, "?relation=next&direction=in&depth=2"));
        ada.delete(agent + "/nodes/" + second).expect(204);
        JsonNode joined =
                Patience.until(() -> edges("next"), edges -> edges.size() == 1).getFirst();
        assertEquals(first + third, ends(joined));
        assertEquals(
                ada.all(agent + "/edges").size(),
                ada.get(agent + "/memory").expect(200).json().get("edges").asInt());
    }

    private static String ends(JsonNode edge) {
        return edge.get("from").asString() + edge.get("to").asString();
    }

    private Set<String> around(String node, String parameters) {
        Set<String> ids = new TreeSet<>();
        ada.get(agent + "/nodes/" + node + "/neighbors" + parameters)
                .expect(200)
                .json()
                .get("items")
                .forEach(item -> ids.add(id(item.get("node"))));
        return ids;
    }
}

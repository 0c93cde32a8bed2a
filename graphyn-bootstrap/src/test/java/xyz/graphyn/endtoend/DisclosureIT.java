package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every endpoint of the running server, called by each role on an agent that is full of sensitive data: what is shown, and
 * what the audit trail says of it. An endpoint that is new is swept too; one that this can't sweep fails it.
 */
class DisclosureIT {
    /** What answers none of an agent's content, and why. */
    private static final Map<String, String> WITHOUT_CONTENT = Map.of(
            "GET /agents/{agentId}/memory", "tells numbers",
            "GET /agents/{agentId}/memory/failures", "tells of events by id, in words that repeat nothing of them",
            "POST /agents/{agentId}/memory/failures/retry", "tells numbers",
            "POST /agents/{agentId}/usage", "tells numbers",
            "GET /usage", "tells days and numbers; UsageContractTest asks for sessions, whose names are masked",
            "POST /mcp", "speaks a protocol of its own; toolsShowEachCallerNoMoreThanTheyMaySee calls its tools",
            "GET /admin/failures", "tells of failed deliveries by id, in fixed words",
            "GET /organization/settings", "what admins look for, not what was found",
            "PATCH /organization/settings", "what admins look for, not what was found",
            "POST /compliance/preview", "shows an admin their own payload; nothing of it is stored");

    /** Questions, which readers may ask, with a body that finds what the agent was told. */
    private static final Map<String, String> QUESTIONS = Map.of(
            "POST /agents/{agentId}/search", "{\"query\":\"card address key password\",\"limit\":200}",
            "POST /agents/{agentId}/context", "{\"query\":\"card address key password\",\"tokenBudget\":100000}");

    /** For what is no plain answer; the sweep of streams covers them. */
    private static final Map<String, String> STREAMS = Map.of(
            "GET /stream", "101",
            "GET /agents/{agentId}/events/stream", "text/event-stream");

    private static SensitiveSite site;
    private static SensitiveSite written;
    private static List<Operation> operations;

    @BeforeAll
    static void start() {
        site = SensitiveSite.of(RunningServer.shared(), "acme");
        written = site.of("umbrella");
        operations = Operation.all(site.as("ada"));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    /** Whether some good answer of it has a body. */
    private static boolean answers(Operation operation) {
        for (Map.Entry<String, JsonNode> reply :
                operation.node().path("responses").properties()) {
            if (reply.getKey().startsWith("2")
                    && !reply.getValue().path("content").isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** What takes no token knows of no organization, and has no use case to ask. */
    private static Stream<Operation> swept() {
        return operations.stream()
                .filter(operation -> answers(operation)
                        && !operation.isOpen()
                        && !WITHOUT_CONTENT.containsKey(operation.toString())
                        && !QUESTIONS.containsKey(operation.toString())
                        && !STREAMS.containsKey(operation.toString()));
    }

    private static String path(Operation operation, SensitiveSite of) {
        String path = operation.on(of.ids());
        assertFalse(path.contains("{"), () -> "give the sweep an id for " + path);
        return path;
    }

    /** Each page of what somebody is answered. */
    private static List<Api.Answer> pages(String user, Operation operation) {
        List<Api.Answer> pages = new ArrayList<>();
        String path = path(operation, site);
        String limit = operation.takes("limit") ? "?limit=7" : "";
        Api.Answer page = site.as(user).get(path + limit).expect(200);
        pages.add(page);
        while (operation.takes("cursor") && !page.json().get("nextCursor").isNull()) {
            page = site.as(user)
                    .get(path + limit + "&cursor="
                            + page.json().get("nextCursor").asString())
                    .expect(200);
            pages.add(page);
        }
        return pages;
    }

    /** The pages without what leads from one to the next, which is sealed for its reader. */
    private static JsonNode content(Api.Answer answer) {
        JsonNode content = answer.json();
        return content.has("nextCursor") ? ((ObjectNode) content).without("nextCursor") : content;
    }

    @Test
    void sweepsWhateverAnswersContent() {
        List<String> known = operations.stream().map(Operation::toString).toList();
        WITHOUT_CONTENT.keySet().forEach(gone -> assertTrue(known.contains(gone), gone + " is no endpoint any more"));
        QUESTIONS.keySet().forEach(gone -> assertTrue(known.contains(gone), gone + " is no endpoint any more"));
        STREAMS.keySet().forEach(gone -> assertTrue(known.contains(gone), gone + " is no endpoint any more"));
        assertTrue(swept().filter(operation -> operation.method().equals("GET")).count() >= 6);
    }

    @TestFactory
    Stream<DynamicTest> readsShowEachReaderNoMoreThanTheyMaySee() {
        return swept().filter(operation -> operation.method().equals("GET"))
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> sweep(operation)));
    }

    private static void sweep(Operation operation) {
        List<Api.Answer> raw = pages("ada", operation);
        int rows = 0;
        for (Api.Answer answer : raw) {
            List<SensitiveSite.Place> there = site.rowsIn(content(answer));
            rows += there.size();
            assertEquals("0", answer.header("Graphyn-Masked"));
            there.forEach(place -> place.row()
                    .json()
                    .forEach(json -> assertTrue(
                            answer.body().contains(json), () -> json + " is not as it was sent in " + answer.body())));
            SortedMap<String, Integer> kinds = SensitiveSite.kinds(there);
            if (!kinds.isEmpty()) {
                site.assertNoted(answer.header("X-Request-Id"), "ada", "raw", kinds);
            }
        }
        assertTrue(
                rows > 0, operation + " answered nothing sensitive: give the sweep rows for it, or a reason why not");
        SensitiveSite.LEVELS.forEach((user, level) -> {
            List<Api.Answer> pages = pages(user, operation);
            assertEquals(raw.size(), pages.size());
            for (int i = 0; i < pages.size(); i++) {
                Api.Answer page = pages.get(i);
                site.assertMasked(content(raw.get(i)), content(page), level);
                site.assertNothingShows(page.response().headers().map().toString(), level);
                SortedMap<String, Integer> kinds = SensitiveSite.kinds(site.rowsIn(content(page)));
                int hidden = kinds.values().stream().mapToInt(Integer::intValue).sum();
                assertEquals(Integer.toString(hidden), page.header("Graphyn-Masked"));
                if (hidden > 0) {
                    site.assertNoted(page.header("X-Request-Id"), user, level, kinds);
                }
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> questionsAreAnsweredEachReaderWithNoMoreThanTheyMaySee() {
        return operations.stream()
                .filter(operation -> QUESTIONS.containsKey(operation.toString()))
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> ask(operation)));
    }

    private static void ask(Operation operation) {
        String question = Objects.requireNonNull(QUESTIONS.get(operation.toString()));
        Api.Answer raw = operation.send(site.as("ada"), path(operation, site), question);
        assertEquals("0", raw.header("Graphyn-Masked"));
        assertFalse(sum(raw, "raw").equals("0"), raw::body);
        assertFalse(raw.body().contains("[EMAIL]"), raw::body);
        SensitiveSite.LEVELS.forEach((user, level) -> {
            Api.Answer answer = operation.send(site.as(user), path(operation, site), question);
            assertEquals(200, answer.status());
            site.assertNothingShows(answer.body(), level);
            site.assertNothingShows(answer.response().headers().map().toString(), level);
            assertTrue(answer.body().contains(level.equals("partial") ? "***" : "[EMAIL]"), answer::body);
            assertEquals(sum(answer, level), answer.header("Graphyn-Masked"));
            assertFalse(sum(answer, level).equals("0"));
        });
    }

    @Test
    void toolsShowEachCallerNoMoreThanTheyMaySee() {
        for (String arguments : List.of(
                "{\"name\":\"list_agents\",\"arguments\":{}}",
                "{\"name\":\"recall\",\"arguments\":{\"agentId\":\"%s\",\"query\":\"card\",\"limit\":200}}",
                "{\"name\":\"get_context\",\"arguments\":{\"agentId\":\"%s\",\"query\":\"card\",\"tokenBudget\":100000}}")) {
            String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":"
                    + arguments.formatted(site.ids().get("agentId")) + "}";
            SensitiveSite.LEVELS.forEach((user, level) -> {
                Api.Answer answer = site.as(user).post("/mcp", call).expect(200);
                site.assertNothingShows(answer.body(), level);
                JsonNode meta = answer.json().path("result").path("_meta").path("graphyn.xyz/masked");
                assertEquals(sum(answer, level), meta.asString());
                assertFalse(meta.asString().equals("0"), answer::body);
            });
        }
    }

    /** A good body that holds what the agent was told already. */
    private static String body(Operation operation) {
        String external = "again-%s@ext.example.com".formatted(operation.path().hashCode());
        String payload = site.own().getFirst();
        String event = "{\"type\":\"note\",\"externalId\":\"%s\",\"payload\":%s}".formatted(external, payload);
        String node =
                "{\"type\":\"fact\",\"externalId\":\"%s\",\"content\":\"card 5105 1051 0510 5100\",\"properties\":%s}"
                        .formatted(external, payload);
        return switch (operation.toString()) {
            case "POST /agents" -> "{\"name\":%s}".formatted(SensitiveSite.quoted(SensitiveSite.NAME));
            case "PATCH /agents/{agentId}" -> "{\"model\":null}";
            case "POST /agents/{agentId}/events" -> event;
            case "POST /agents/{agentId}/events/batch" -> "{\"events\":[" + event + "]}";
            case "POST /agents/{agentId}/nodes" -> node;
            case "POST /agents/{agentId}/nodes/batch" -> "{\"nodes\":[" + node + "]}";
            case "PATCH /agents/{agentId}/nodes/{nodeId}" -> "{\"content\":\"card 5105 1051 0510 5100\"}";
            case "POST /agents/{agentId}/edges" ->
                "{\"from\":\"%1$s\",\"to\":\"%1$s\",\"relation\":\"again\",\"properties\":%2$s}"
                        .formatted(written.ids().get("nodeId"), payload);
            case "PATCH /agents/{agentId}/edges/{edgeId}" -> "{\"validTo\":\"2026-01-01T00:00:00Z\"}";
            default ->
                fail("Give the sweep a body with sensitive data for " + operation
                        + ", or say in WITHOUT_CONTENT why it answers none.");
        };
    }

    /** Sent twice: what is new, and what is there already, are answered in ways of their own. */
    @TestFactory
    Stream<DynamicTest> writesAnswerTheirWriterNoMoreThanTheyMaySee() {
        return swept().filter(operation -> !operation.method().equals("GET"))
                .flatMap(operation -> Stream.of("new", "again")
                        .map(time -> DynamicTest.dynamicTest(operation + " " + time, () -> write(operation))));
    }

    private static void write(Operation operation) {
        String body = body(operation);
        Api.Answer mine = operation.send(written.as("mia"), path(operation, written), body);
        assertTrue(mine.status() == 200 || mine.status() == 201, mine::body);
        written.assertNothingShows(mine.body(), "partial");
        written.assertNothingShows(mine.response().headers().map().toString(), "partial");
        assertTrue(mine.body().contains("***"), mine::body);
        assertEquals(sum(mine, "partial"), mine.header("Graphyn-Masked"));
        assertEquals("0", sum(mine, "masked"));
        assertEquals("0", sum(mine, "raw"));
        Api.Answer refused = operation.send(written.as("vic"), path(operation, written), body);
        assertEquals(403, refused.status());
        written.assertNothingShows(refused.body(), "masked");
        Api.Answer whole = operation.send(written.as("ada"), path(operation, written), body);
        assertEquals("0", whole.header("Graphyn-Masked"));
        assertFalse(whole.body().contains("***"), whole::body);
        assertFalse(sum(whole, "raw").equals("0"));
    }

    @Test
    void aRepetitionShowsWhatItsWriterMaySeeNow() {
        Api boss = site.server().as("ada", "repeats", "admin");
        Api writer = site.server().as("mia", "repeats", "member");
        Api.Answer first = create(writer);
        Api.Answer again = create(writer);
        assertEquals(first.body(), again.body());
        assertEquals("2", again.header("Graphyn-Masked"));
        site.assertNoted(
                again.header("X-Request-Id"), "mia", "partial", new TreeMap<>(Map.of("EMAIL", 1, "CREDIT_CARD", 1)));
        boss.patch(
                        "/organization/settings",
                        "{\"masking\":{\"revision\":0,\"levels\":{\"member\":\"masked\"},\"unhidden\":[\"CREDIT_CARD\"]}}")
                .expect(200);
        Api.Answer later = create(writer);
        assertEquals(first.header("Location"), later.header("Location"));
        assertEquals("[EMAIL]", later.json().get("name").asString());
        assertEquals("card 4242 4242 4242 4242", later.json().get("description").asString());
        assertEquals("1", later.header("Graphyn-Masked"));
        assertEquals("1", sum(later, "masked"));
        assertEquals("1", sum(later, "raw"));
        boss.delete(first.header("Location")).expect(204);
        Api.Answer gone = repeat(writer);
        assertEquals(404, gone.status());
        assertTrue(gone.body().contains("was done before"), gone::body);
        assertEquals(List.of(), boss.all("/agents"));
    }

    @Test
    void whoCreatedAnAgentIsHiddenWhereThatIsAnAddress() {
        String creator = "pia.person@unlike.de"; // of no other test's domain: the trail names its actors
        Api pia = site.server().as(creator, "signatures", "member");
        Api.Answer created = pia.post("/agents", "{\"name\":\"Hers\"}").expect(201);
        assertEquals("p***@unlike.de", created.json().get("createdBy").asString());
        assertEquals("1", created.header("Graphyn-Masked"));
        assertEquals("1", sum(created, "partial"));
        String agent = created.header("Location");
        pia.patch(agent, "{\"name\":\"Hers still\"}").expect(200);
        for (String role : List.of("viewer", "auditor")) {
            Api.Answer seen = site.server()
                    .as("reader-" + role, "signatures", role)
                    .get("/agents")
                    .expect(200);
            assertEquals("[EMAIL]", seen.json().at("/items/0/createdBy").asString());
            assertFalse(seen.body().contains("person"), seen::body);
        }
        Api.Answer raw =
                site.server().as("ada", "signatures", "admin").get(agent).expect(200);
        assertEquals(creator, raw.json().get("createdBy").asString());
        assertEquals("1", sum(raw, "raw"));
    }

    private static Api.Answer create(Api writer) {
        return repeat(writer).expect(201);
    }

    private static Api.Answer repeat(Api writer) {
        return writer.send(
                "POST",
                "/agents",
                BodyPublishers.ofString(
                        "{\"name\":\"sue.sender@example.com\",\"description\":\"card 4242 4242 4242 4242\"}"),
                Map.of("Content-Type", "application/json", "Idempotency-Key", "repeated"));
    }

    /** Of all entries of one request. */
    private static String sum(Api.Answer answer, String level) {
        return Integer.toString(site.trail().entries(answer.header("X-Request-Id")).stream()
                .flatMap(entry -> entry.at(level).values().stream())
                .mapToInt(Integer::intValue)
                .sum());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @TestFactory
    Stream<DynamicTest> conditionsOnWhatIsHiddenHoldForNobodyWhoMayNotSeeIt() {
        return Stream.of(
                        "/agents?q=" + encoded("nan.name@example.com"),
                        "/agents?q=" + encoded("nan.na"),
                        site.agent() + "/events?sessionId=" + encoded(SensitiveSite.SESSION),
                        site.agent() + "/events?type=" + encoded(SensitiveSite.TYPE),
                        site.agent() + "/nodes?sessionId=" + encoded(SensitiveSite.SESSION),
                        site.agent() + "/nodes?type=" + encoded(SensitiveSite.TYPE),
                        site.agent() + "/nodes?label=" + encoded(SensitiveSite.LABEL),
                        site.agent() + "/edges?relation=" + encoded(SensitiveSite.TYPE))
                .map(path -> DynamicTest.dynamicTest(path.substring(path.lastIndexOf('/')), () -> {
                    assertFalse(site.as("ada").all(path).isEmpty());
                    assertEquals(List.of(), site.as("vic").all(path));
                    assertEquals(List.of(), site.as("mia").all(path));
                }));
    }

    @Test
    void nobodyWalksAlongARelationThatTheyMayNotSee() {
        String around = site.agent() + "/nodes/" + site.ids().get("nodeId") + "/neighbors?relation=";
        String hidden = around + encoded(SensitiveSite.TYPE);
        assertFalse(site.as("ada").get(hidden).expect(200).json().get("items").isEmpty());
        for (String reader : List.of("vic", "mia")) {
            Api.Answer seen = site.as(reader).get(hidden).expect(200);
            assertEquals("[]", seen.json().get("items").toString());
            assertEquals("[]", seen.json().get("edges").toString());
            String absent = around + "absent";
            assertEquals(site.as(reader).get(absent).expect(200).body(), seen.body());
        }
    }

    @Test
    void findsByWhatIsNotHidden() {
        assertFalse(site.as("vic").all(site.agent() + "/nodes?label=plain").isEmpty());
    }

    @Test
    void mistakesAreToldWithoutWhatIsStored() {
        Api mia = site.as("mia");
        String node = site.agent() + "/nodes/" + site.ids().get("nodeId");
        String edge = site.agent() + "/edges/" + site.ids().get("edgeId");
        List<Api.Answer> refused = List.of(
                mia.patch(node, "{\"externalId\":\"other\"}"),
                mia.patch(node, "{\"type\":\"\"}"),
                mia.patch(node, "{\"labels\":[\"\"]}"),
                mia.patch(node, "{\"properties\":7}"),
                mia.patch(site.agent(), "{\"name\":\"\"}"),
                mia.patch(site.agent(), "{\"metadata\":{\"owner\":\"" + "x".repeat(20_000) + "\"},\"name\":null}"),
                mia.patch(edge, "{\"relation\":\"" + SensitiveSite.TYPE + "\"}"),
                mia.patch(edge, "{\"relation\":\"other\"}"),
                mia.patch(edge, "{\"properties\":7}"),
                mia.get(site.agent() + "/events?cursor=AAAA"),
                mia.get(site.agent() + "/events/stream?after=1000000"),
                mia.get(site.agent() + "/nodes/01900000-0000-7000-8000-000000000000"));
        refused.forEach(answer -> {
            assertTrue(answer.status() >= 400 && answer.status() < 500, answer::body);
            site.assertNothingShows(answer.body(), "partial");
        });
    }

    @Test
    void theTrailNeverHoldsAValue() {
        site.trail().entries("").forEach(entry -> site.assertNothingShows(entry.withoutKinds(), "masked"));
        assertFalse(site.trail().entries("").isEmpty());
    }

    @Test
    void noEntryIsOfAnUnknownKindOfDisclosure() {
        SortedMap<String, Integer> actions = new TreeMap<>();
        site.trail().entries("").stream()
                .filter(Trail.Entry::tellsOfDisclosure)
                .forEach(entry -> actions.merge(entry.action(), 1, Integer::sum));
        actions.keySet()
                .removeAll(List.of(
                        "data.disclosed",
                        "stream.disclosed",
                        "agent.created",
                        "events.recorded",
                        "nodes.added",
                        "edges.added"));
        assertEquals(Map.of(), actions);
    }
}

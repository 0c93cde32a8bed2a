package xyz.graphyn.endtoend;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every endpoint, taken from the OpenAPI document of the running server. */
class EveryEndpointIT {
    private static final String NOBODY = "01900000-0000-7000-8000-000000000000";

    private static RunningServer server;
    private static Api ada;
    private static List<Operation> operations;
    private static Map<String, String> ids;

    @BeforeAll
    static void start() {
        server = RunningServer.shared();
        ada = server.as("ada", "every", "admin");
        operations = Operation.all(ada);
        String agent = ada.newAgent("Swept");
        JsonNode node = ada.post(agent + "/nodes", "{\"type\":\"fact\",\"content\":\"secret of acme\"}")
                .expect(201)
                .json();
        JsonNode event = ada.post(agent + "/events", "{\"type\":\"message\",\"payload\":{\"a\":\"secret of acme\"}}")
                .expect(201)
                .json();
        String ofNode = node.get("id").asString();
        JsonNode edge = ada.post(
                        agent + "/edges",
                        "{\"from\":\"%1$s\",\"to\":\"%1$s\",\"relation\":\"is\",\"properties\":{\"a\":\"secret of acme\"}}"
                                .formatted(ofNode))
                .expect(201)
                .json();
        ids = Map.of(
                "agentId", agent.substring("/agents/".length()),
                "nodeId", ofNode,
                "edgeId", edge.get("id").asString(),
                "eventId", event.get("id").asString());
    }

    private static Stream<Operation> guarded() {
        return operations.stream().filter(operation -> !operation.isOpen());
    }

    private static Stream<DynamicTest> each(Stream<Operation> of, Consumer<Operation> test) {
        return of.map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> test.accept(operation)));
    }

    private static JsonNode problem(Api.Answer answer, int status) {
        answer.expect(status);
        assertEquals("application/problem+json", answer.header("Content-Type"));
        JsonNode problem = answer.json();
        assertEquals(status, problem.get("status").asInt());
        assertEquals(
                "https://graphyn.xyz/problems/" + problem.get("code").asString(),
                problem.get("type").asString());
        assertEquals(answer.header("X-Request-Id"), problem.get("requestId").asString());
        return problem;
    }

    @TestFactory
    Stream<DynamicTest> needsATokenUnlessItIsOpen() {
        Api nobody = server.anonymous("");
        return each(guarded(), operation -> {
            Api.Answer answer = operation.send(nobody, operation.on(ids), operation.example());
            assertEquals("unauthenticated", problem(answer, 401).get("code").asString());
            assertTrue(answer.header("WWW-Authenticate").startsWith("Bearer"));
        });
    }

    @TestFactory
    Stream<DynamicTest> answersAStrangerAsIfThereWereNothing() {
        Api eve = server.as("eve", "elsewhere", "admin");
        return each(guarded().filter(operation -> operation.path().contains("{")), operation -> {
            Map<String, String> nobodys = new LinkedHashMap<>(ids);
            nobodys.replaceAll((name, id) -> NOBODY);
            ObjectNode theirs = (ObjectNode) problem(operation.send(eve, operation.on(ids), operation.example()), 404);
            ObjectNode absent =
                    (ObjectNode) problem(operation.send(eve, operation.on(nobodys), operation.example()), 404);
            assertEquals(
                    absent.without(List.of("requestId", "instance")), theirs.without(List.of("requestId", "instance")));
            assertFalse(theirs.toString().contains("secret of acme"));
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatARoleDoesNotAllow() {
        Api otto = server.as("otto", "every", "auditor");
        return each(
                guarded()
                        .filter(operation -> operation.path().contains("{agentId}"))
                        .filter(operation -> !operation.toString().equals("GET /agents/{agentId}")),
                operation -> problem(operation.send(otto, operation.on(ids), operation.example()), 403));
    }

    @TestFactory
    Stream<DynamicTest> refusesBadBodiesWithoutFailing() {
        return each(
                operations.stream().filter(Operation::takesABody),
                operation -> BadInput.bodies().forEach((what, body) -> {
                    Api.Answer answer = ada.send(
                            operation.method(),
                            operation.on(ids),
                            BodyPublishers.ofByteArray(body),
                            Map.of("Content-Type", String.valueOf(operation.contentType())));
                    assertTrue(
                            answer.status() >= 400 && answer.status() < 500,
                            what + " was answered " + answer.status() + ": " + answer.body());
                    problem(answer, answer.status());
                }));
    }

    @TestFactory
    Stream<DynamicTest> namesAnUnknownField() {
        return each(operations.stream().filter(Operation::takesABody), operation -> {
            JsonNode problem = problem(operation.send(ada, operation.on(ids), "{\"noSuchField\":1}"), 400);
            assertTrue(problem.get("errors").toString().contains("/noSuchField"), problem.toString());
        });
    }

    @TestFactory
    Stream<DynamicTest> refusesAnotherMediaType() {
        return each(
                operations.stream().filter(Operation::takesABody),
                operation -> problem(
                        ada.send(
                                operation.method(),
                                operation.on(ids),
                                BodyPublishers.ofString("a=b"),
                                Map.of("Content-Type", "application/x-www-form-urlencoded")),
                        415));
    }

    @TestFactory
    Stream<DynamicTest> namesABadParameter() {
        return each(operations.stream().filter(operation -> operation.takes("limit")), operation -> {
            String path = operation.on(ids);
            for (String limit : List.of("0", "-1", "1000000000", "abc", "", "1.5", "99999999999999999999")) {
                JsonNode problem = problem(ada.get(path + "?limit=" + limit), 400);
                assertTrue(problem.get("errors").toString().contains("limit"), problem.toString());
            }
            for (String cursor : List.of("x", "AAAA", "null", "%F0%9F%A6%84", "a".repeat(4_000))) {
                JsonNode problem = problem(ada.get(path + "?cursor=" + cursor), 400);
                assertTrue(problem.toString().contains("cursor"), problem.toString());
            }
            JsonNode unknown = problem(ada.get(path + "?noSuchParameter=1"), 400);
            assertTrue(unknown.get("errors").toString().contains("noSuchParameter"), unknown.toString());
        });
    }

    /** The example of an edge, between nodes that are there. */
    private static @Nullable String withNodesOf(String agent, Operation operation) {
        String example = operation.example();
        if (!operation.toString().equals("POST /agents/{agentId}/edges")) {
            return example;
        }
        ObjectNode edge = (ObjectNode) Api.JSON.readTree(requireNonNull(example));
        for (String end : List.of("from", "to")) {
            assertTrue(edge.has(end), edge::toString);
            edge.put(
                    end,
                    ada.post("/agents/" + agent + "/nodes", "{\"type\":\"fact\",\"content\":\"end\"}")
                            .expect(201)
                            .json()
                            .get("id")
                            .asString());
        }
        return edge.toString();
    }

    @TestFactory
    Stream<DynamicTest> takesItsOwnExample() {
        String agent = ada.newAgent("Examples").substring("/agents/".length());
        return each(
                operations.stream().filter(operation -> operation.method().equals("POST") && operation.takesABody()),
                operation -> {
                    Api.Answer answer =
                            operation.send(ada, operation.on(Map.of("agentId", agent)), withNodesOf(agent, operation));
                    assertTrue(answer.status() == 200 || answer.status() == 201, answer.body());
                });
    }
}

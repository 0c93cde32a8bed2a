package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import xyz.graphyn.adapter.http.TestApi.Reply;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.Permission;
import xyz.graphyn.domain.access.AccessPolicy;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.access.Role;

/** Every endpoint asks for just the permission that it declares. Taken from the table, so that none can escape. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PermissionTest {
    private static final List<Endpoint> ENDPOINTS = TestApi.endpoints();

    private TestApi api;

    @BeforeAll
    void start() {
        api = TestApi.whole();
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @TestFactory
    Stream<DynamicTest> asksForWhatItDeclares() {
        return ENDPOINTS.stream()
                .flatMap(endpoint -> Stream.of(Role.values())
                        .map(role -> DynamicTest.dynamicTest(endpoint + " as " + role, () -> asks(endpoint, role))));
    }

    @TestFactory
    Stream<DynamicTest> knowsNothingOfAnotherOrganization() {
        return ENDPOINTS.stream()
                .filter(endpoint -> !endpoint.ids().isEmpty())
                .map(endpoint -> DynamicTest.dynamicTest(endpoint.toString(), () -> {
                    Map<String, String> ids = newThings();
                    Reply theirs = send(endpoint, ids, "admin.eve.2");
                    ids.replaceAll((name, id) -> "01900000-0000-7000-8000-000000000000");
                    Reply nobodys = send(endpoint, ids, "admin.eve.2");
                    assertEquals(404, theirs.status(), theirs::body);
                    assertEquals(told(nobodys), told(theirs), "the two can't be told apart");
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesTheExampleWithAMemberTooMany() {
        return ENDPOINTS.stream()
                .filter(endpoint -> endpoint.body().isPresent())
                .map(endpoint -> DynamicTest.dynamicTest(endpoint.toString(), () -> {
                    String body = endpoint.body().orElseThrow().example().trim().replaceFirst("\\{", "{\"role\":1,");
                    Reply reply = send(endpoint, newThings(), TestApi.ADA, body);
                    assertEquals("validation /role unknown", reply.problem());
                }));
    }

    private void asks(Endpoint endpoint, Role role) {
        boolean allowed = switch (endpoint.permission()) {
            case Permission.Open open -> true;
            case Permission.SignedIn signedIn -> true;
            case Permission.CreateAgents create -> AccessPolicy.mayCreateAgents(TestApi.principal(role));
            case Permission.Admin admin -> role == Role.ADMIN;
            case Permission.OnAgent(AgentPermission needed) ->
                AccessPolicy.onAgent(TestApi.principal(role), "ada").covers(needed);
        };
        String token = role.name().toLowerCase(Locale.ROOT) + ".somebody.1";
        if (allowed && endpoint.path().equals("/agents/{agentId}/events/stream")) {
            String path = endpoint.path().replace("{agentId}", newThings().get("agentId"));
            assertEquals(
                    200,
                    api.send("HEAD", path, null, "Authorization", "Bearer " + token)
                            .status());
            return; // GET would never end
        }
        Reply reply = send(endpoint, newThings(), token);
        if (allowed && endpoint.sockets().isPresent()) {
            assertEquals("upgrade-required", reply.problem());
        } else if (allowed) {
            assertEquals(2, reply.status() / 100, reply::body);
        } else {
            assertEquals(403, reply.status(), reply::body);
            assertEquals("not-allowed", reply.problem());
        }
    }

    /** Ada's, in organization 1. */
    private Map<String, String> newThings() {
        Reply agent = api.post("/agents", "{\"name\":\"a\"}");
        String path = agent.header("Location");
        String node = id(api.post(path + "/nodes", "{\"type\":\"fact\",\"content\":\"c\"}"));
        String edge = "{\"from\":\"%1$s\",\"to\":\"%1$s\",\"relation\":\"is\"}".formatted(node);
        return new HashMap<>(Map.of(
                "agentId", id(agent),
                "nodeId", node,
                "edgeId", id(api.post(path + "/edges", edge)),
                "eventId", id(api.post(path + "/events", "{\"type\":\"message\",\"payload\":{}}"))));
    }

    private Reply send(Endpoint endpoint, Map<String, String> ids, String token) {
        // An edge needs nodes that are there.
        String body = endpoint.body()
                .map(type -> type.example()
                        .replaceAll("\"(from|to)\":\"[0-9a-f-]{36}\"", "\"$1\":\"" + ids.get("nodeId") + "\""))
                .orElse("");
        return send(endpoint, ids, token, endpoint.body().isEmpty() ? null : body);
    }

    private Reply send(Endpoint endpoint, Map<String, String> ids, String token, @Nullable String body) {
        String path = endpoint.path();
        for (Map.Entry<String, String> id : ids.entrySet()) {
            path = path.replace("{" + id.getKey() + "}", id.getValue());
        }
        return api.send(endpoint.method().name(), path, body, "Authorization", "Bearer " + token);
    }

    private static String id(Reply reply) {
        return reply.json().path("id").asString();
    }

    private static String told(Reply reply) {
        return reply.body().replaceAll("\"(instance|requestId)\":\"[^\"]*\"", "");
    }
}

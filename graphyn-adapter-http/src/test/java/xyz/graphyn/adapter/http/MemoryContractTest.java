package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.adapter.http.TestApi.Reply;
import xyz.graphyn.application.append.MemoryStep;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.memory.SetAside;
import xyz.graphyn.testkit.storage.Storage;

class MemoryContractTest {
    private final AtomicReference<Storage> storage = new AtomicReference<>();
    private final TestApi api = TestApi.wholeWith(made -> {
        storage.set(made);
        return made;
    });
    private String agent = "";

    @BeforeEach
    void createAgent() {
        agent = api.post("/agents", "{\"name\":\"a\"}").header("Location");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private void record(String payload) {
        Reply reply = api.post(agent + "/events", "{\"type\":\"message\",\"payload\":" + payload + "}");
        assertEquals(201, reply.status(), reply::body);
    }

    /** What the pipeline does with events that it can't read. */
    private void setAllAside() {
        JsonNode found = api.get(agent).json();
        AgentKey key = new AgentKey(
                new OrganizationId(UUID.fromString(found.path("organizationId").asString())),
                new AgentId(UUID.fromString(found.path("id").asString())));
        List<Event> log = storage.get().events().follow(key, 0, 100);
        storage.get()
                .appender()
                .remember(new MemoryStep(
                        key,
                        0,
                        log.size(),
                        List.of(),
                        log.stream()
                                .map(event -> new SetAside(
                                        event.id(), event.seq(), "/content must be a string", 1, event.receivedAt()))
                                .toList()));
    }

    private static List<Long> seqs(Reply reply) {
        assertEquals(200, reply.status(), reply::body);
        List<Long> seqs = new ArrayList<>();
        reply.json().path("items").forEach(item -> seqs.add(item.path("seq").asLong()));
        return seqs;
    }

    @Test
    void tellsHowFarMemoryIs() {
        api.post(agent + "/nodes", "{\"type\":\"fact\",\"content\":\"two words\"}");
        record("{\"content\":\"hello\"}");
        record("{\"content\":{}}");
        JsonNode memory = api.get(agent + "/memory").json();
        assertTrue(memory.path("lagMillis").isIntegralNumber());
        assertEquals(
                "{\"nodes\":1,\"edges\":0,\"tokens\":2,\"eventHead\":2,\"processedSeq\":0,\"memoryVersion\":1,\"lagMillis\":"
                        + memory.path("lagMillis").asLong() + ",\"setAside\":0}",
                memory.toString());
        setAllAside();
        memory = api.get(agent + "/memory").json();
        assertEquals(2, memory.path("processedSeq").asLong());
        assertEquals(2, memory.path("setAside").asLong());
        assertEquals(0, memory.path("lagMillis").asLong());
    }

    @Test
    void pagesThroughWhatWasSetAside() {
        for (int i = 0; i < 5; i++) {
            record("{\"content\":{}}");
        }
        setAllAside();
        Reply first = api.get(agent + "/memory/failures?limit=2");
        assertEquals(List.of(1L, 2L), seqs(first));
        assertEquals(
                "/content must be a string",
                first.json().path("items").path(0).path("error").asString());
        assertEquals(1, first.json().path("items").path(0).path("attempts").asInt());
        String cursor = first.json().path("nextCursor").asString();
        assertEquals(List.of(3L, 4L, 5L), seqs(api.get(agent + "/memory/failures?limit=3&cursor=" + cursor)));
        assertEquals(400, api.get(agent + "/memory/failures?cursor=forged").status());
    }

    @Test
    void triesAgainOneOrAll() {
        record("{\"content\":\"readable after all\"}");
        record("{\"content\":{}}");
        record("{\"content\":\"this one too\"}");
        setAllAside();
        Reply one = api.post(agent + "/memory/failures/retry", "{\"seq\":3}");
        assertEquals("{\"tried\":1,\"failed\":0,\"more\":false}", one.body());
        assertEquals(
                "{\"tried\":0,\"failed\":0,\"more\":false}",
                api.post(agent + "/memory/failures/retry", "{\"seq\":3}").body(),
                "it is not set aside any more");
        Reply all = api.post(agent + "/memory/failures/retry", "{}");
        assertEquals("{\"tried\":2,\"failed\":1,\"more\":false}", all.body());
        assertEquals(List.of(2L), seqs(api.get(agent + "/memory/failures")));
        JsonNode nodes = api.get(agent + "/nodes").json().path("items");
        assertEquals(2, nodes.size());
        for (JsonNode node : nodes) {
            assertEquals("message", node.path("type").asString());
            assertFalse(node.path("sourceEventId").isNull());
            assertTrue(node.path("sourceExternalId").isNull() && node.has("sourceExternalId"));
            assertTrue(node.path("supersededBy").isNull() && node.has("supersededBy"));
            assertEquals(3, node.path("tokens").asInt());
        }
    }

    private Reply patch(String path, String body) {
        return api.send("PATCH", path, body, "Content-Type", "application/merge-patch+json");
    }

    @Test
    void takesTheWordOfWhoTellsWhatHolds() {
        String older = api.post(agent + "/nodes", "{\"type\":\"fact\",\"content\":\"one\"}")
                .header("Location");
        JsonNode newer = api.post(agent + "/nodes", "{\"type\":\"fact\",\"content\":\"two\"}")
                .json();
        String told = "{\"supersededBy\":\"" + newer.path("id").asString() + "\"}";
        Reply reply = patch(older, told);
        assertEquals(200, reply.status(), reply::body);
        assertEquals(newer.path("id"), reply.json().path("supersededBy"));
        assertEquals(newer.path("id"), patch(older, "{}").json().path("supersededBy"), "absent, it stays");
        Reply circular = patch(agent + "/nodes/" + newer.path("id").asString(), told);
        assertEquals(400, circular.status(), circular::body);
        assertEquals(
                "/supersededBy",
                circular.json().path("errors").path(0).path("pointer").asString());
        assertTrue(patch(older, "{\"supersededBy\":null}")
                .json()
                .path("supersededBy")
                .isNull());
    }

    @ParameterizedTest
    @CsvSource({"'{\"seq\":0}'", "'{\"seq\":\"1\"}'", "'{\"all\":true}'", "'[]'"})
    void refusesWhatItDoesNotKnow(String body) {
        assertEquals(400, api.post(agent + "/memory/failures/retry", body).status());
    }
}

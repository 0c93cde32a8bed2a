package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.adapter.http.TestApi.Reply;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.application.failure.Failure.Kind;
import xyz.graphyn.application.failure.FailureNote;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.testkit.SequentialIds;
import xyz.graphyn.testkit.failure.InMemoryFailureStore;

class FailureContractTest {
    private static final Instant NOW = Instant.parse("2026-05-04T09:00:00.123456Z");
    private static final OrganizationId ACME = new OrganizationId(new UUID(0x7000, 1));
    private static final OrganizationId OTHER = new OrganizationId(new UUID(0x7000, 2));
    private static final AgentId AGENT = new AgentId(UUID.fromString("0197a1d2-1111-7000-8000-000000000001"));

    private final SequentialIds ids = new SequentialIds();
    private final InMemoryFailureStore failures = new InMemoryFailureStore();
    private final TestApi api = TestApi.whole(failures);

    @AfterEach
    void stop() {
        api.close();
    }

    private void note(Kind kind, @Nullable OrganizationId organization, int second) {
        Failure failure = organization == null
                ? new Failure(kind, null, null, null, null, "Redis went away.")
                : new Failure(kind, organization, AGENT, "ada 10.0.0.7", 41L, "It was slow.");
        Instant at = NOW.plusSeconds(second);
        failures.write(List.of(new FailureNote(ids.next(), failure, at, at.plusMillis(500), 3, "s1")), at);
    }

    private static List<String> kinds(Reply reply) {
        assertEquals(200, reply.status(), reply::body);
        return reply.json()
                .path("items")
                .valueStream()
                .map(item -> item.path("kind").asString())
                .toList();
    }

    @Test
    void showsAFailureWithAllThatIsKnown() {
        note(Kind.SLOW_CLIENT, ACME, 0);
        note(Kind.CHANNEL_LOST, null, 1);
        JsonNode items = api.get("/admin/failures").json().path("items");
        assertEquals(2, items.size());
        String id = items.path(1).path("id").asString();
        assertEquals(
                "{\"id\":\"" + id + "\",\"kind\":\"slow-client\",\"at\":\"2026-05-04T09:00:00.123456Z\","
                        + "\"lastAt\":\"2026-05-04T09:00:00.623456Z\",\"count\":3,\"server\":\"s1\",\"agentId\":\""
                        + AGENT + "\",\"client\":\"ada 10.0.0.7\",\"seq\":41,\"detail\":\"It was slow.\"}",
                items.path(1).toString());
        assertTrue(items.path(0).path("agentId").isNull());
        assertTrue(items.path(0).path("seq").isNull());
    }

    @Test
    void showsNothingOfAnotherOrganization() {
        note(Kind.SLOW_CLIENT, OTHER, 0);
        note(Kind.CHANNEL_LOST, null, 1);
        assertEquals(List.of("channel-lost"), kinds(api.get("/admin/failures")));
        assertEquals(List.of(), kinds(api.get("/admin/failures?agentId=" + AGENT)));
    }

    @ParameterizedTest
    @CsvSource({"member", "viewer", "auditor"})
    void isForAdminsOnly(String role) {
        note(Kind.SLOW_CLIENT, ACME, 0);
        Reply refused = api.get("/admin/failures", "Authorization", "Bearer " + role + ".somebody.1");
        assertEquals(403, refused.status());
        assertEquals("not-allowed", refused.problem());
    }

    @Test
    void filtersByKindAgentAndTime() {
        note(Kind.SLOW_CLIENT, ACME, 0);
        note(Kind.BACKFILL, ACME, 10);
        note(Kind.CHANNEL_LOST, null, 20);
        assertEquals(List.of("backfill"), kinds(api.get("/admin/failures?kind=backfill")));
        assertEquals(List.of("backfill", "slow-client"), kinds(api.get("/admin/failures?agentId=" + AGENT)));
        assertEquals(
                List.of("backfill"),
                kinds(api.get("/admin/failures?from=2026-05-04T09:00:05Z&to=2026-05-04T09:00:15Z")));
    }

    @Test
    void hidesWhatIsTooOldToBeKept() {
        note(Kind.SLOW_CLIENT, ACME, -31 * 24 * 3_600);
        assertEquals(1, failures.all().size(), "it is not deleted yet");
        assertEquals(List.of(), kinds(api.get("/admin/failures")));
        assertEquals(List.of(), kinds(api.get("/admin/failures?from=2020-01-01T00:00:00Z")));
    }

    @Test
    void pagesWithoutGapOrDouble() {
        IntStream.range(0, 25).forEach(second -> note(Kind.BACKFILL, second % 3 == 0 ? null : ACME, second / 2));
        List<String> seen = new ArrayList<>();
        String path = "/admin/failures?limit=4&kind=backfill";
        String cursor = "";
        do {
            JsonNode page = api.get(path + cursor).json();
            page.path("items").forEach(item -> seen.add(item.path("id").asString()));
            cursor = page.path("nextCursor").isNull()
                    ? ""
                    : "&cursor=" + page.path("nextCursor").asString();
        } while (!cursor.isEmpty());
        assertEquals(failures.all().stream().map(note -> note.id().toString()).toList(), seen);
    }

    @ParameterizedTest
    @CsvSource({
        "kind=slow_client, validation kind unknown",
        "kind=SLOW_CLIENT, validation kind unknown",
        "agentId=1, validation agentId malformed",
        "from=yesterday, validation from malformed",
        "cursor=abc, invalid-cursor cursor invalid"
    })
    void namesABadParameter(String query, String problem) {
        Reply reply = api.get("/admin/failures?" + query);
        assertEquals(400, reply.status());
        assertEquals(problem, reply.problem());
    }
}

package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Live streams, watched by each role on an agent that is full of sensitive data. */
class DisclosedStreamsIT {
    private static final Map<String, String> ROLES = Map.of("raw", "admin", "partial", "member", "masked", "viewer");

    /** What the contract gives a change of the policy, on open streams too. */
    private static final long ACTS_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static SensitiveSite site;
    private static Map<String, JsonNode> raw;

    @BeforeAll
    static void start() {
        site = SensitiveSite.of(RunningServer.shared(), "initech");
        raw = new LinkedHashMap<>();
        site.as("ada")
                .all(site.agent() + "/events?order=asc&limit=200")
                .forEach(event -> raw.put(event.get("id").asString(), event));
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static EventWatcher watch(String way, String user, String organization, String role, String agent) {
        String token = site.server().token(user, organization, role);
        return way.equals("sse")
                ? EventWatcher.onEventStream(site.server().url(), token, agent, "after=0")
                : EventWatcher.onWebSocket(site.server().url(), token, agent);
    }

    /** Nobody else's, so that the entries of a stream can be told by their actor. */
    private static List<Trail.Entry> entriesOf(String user) {
        return site.trail().entries("").stream()
                .filter(entry -> entry.actor().contains(user))
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> showEachWatcherNoMoreThanTheyMaySee() {
        return Stream.of("sse", "websocket")
                .flatMap(way -> ROLES.entrySet().stream()
                        .map(role -> DynamicTest.dynamicTest(
                                way + " " + role.getValue(), () -> sweep(way, role.getKey(), role.getValue()))));
    }

    private static void sweep(String way, String level, String role) {
        String user = way + "-" + role;
        try (EventWatcher watcher = watch(way, user, "initech", role, site.agentId())) {
            for (JsonNode event : raw.values()) {
                EventWatcher.Shown shown = watcher.next();
                check(event, shown, level);
                assertFalse(entriesOf(user).isEmpty(), "shown before its entry was written");
            }
            JsonNode live = live();
            EventWatcher.Shown shown = watcher.next();
            while (!shown.event().get("id").equals(live.get("id"))) {
                shown = watcher.next();
            }
            check(live, shown, level);
        }
        List<Trail.Entry> entries = entriesOf(user);
        for (Trail.Entry entry : entries) {
            assertEquals("stream.disclosed", entry.action());
            assertFalse(entry.at(level).isEmpty(), entry::toString);
            assertEquals(
                    1,
                    ROLES.keySet().stream()
                            .filter(other -> !entry.at(other).isEmpty())
                            .count(),
                    entry::toString);
            site.assertNothingShows(entry.withoutKinds(), "masked");
        }
    }

    /** One more event, while they watch. */
    private static JsonNode live() {
        String id = site.addEvent(site.own().getFirst());
        return site.as("ada").get(site.agent() + "/events/" + id).expect(200).json();
    }

    private static void check(JsonNode event, EventWatcher.Shown shown, String level) {
        assertEquals(event.get("id"), shown.event().get("id"));
        if (level.equals("raw")) {
            assertEquals(event, shown.event());
            site.rowsIn(event)
                    .forEach(place -> place.row()
                            .json()
                            .forEach(json -> assertTrue(
                                    shown.wire().contains(json),
                                    () -> json + " is not as it was sent in " + shown.wire())));
        } else {
            site.assertMasked(event, shown.event(), level);
            site.assertNothingShows(shown.wire(), level);
        }
    }

    private static void levels(Api admin, int revision, String member, String viewer) {
        admin.patch(
                        "/organization/settings",
                        "{\"masking\":{\"revision\":%d,\"levels\":{\"member\":\"%s\",\"viewer\":\"%s\"}}}"
                                .formatted(revision, member, viewer))
                .expect(200);
    }

    /** Records the same until it is shown so. */
    private static void awaitShown(Api admin, String agent, EventWatcher watcher, String expected) {
        long end = System.nanoTime() + ACTS_WITHIN_NANOS;
        String shown;
        do {
            assertTrue(System.nanoTime() < end, "not shown in time: " + expected);
            admin.post(agent + "/events", "{\"type\":\"message\",\"payload\":{\"to\":\"kim@example.com\"}}")
                    .expect(201);
            shown = watcher.next().event().get("payload").get("to").asString();
        } while (!shown.equals(expected));
    }

    @TestFactory
    Stream<DynamicTest> aChangeOfThePolicyActsOnOpenStreamsAndHasAnEntryOfItsOwn() {
        return Stream.of("sse", "websocket")
                .map(way -> DynamicTest.dynamicTest(way, () -> {
                    String organization = "globex-" + way;
                    String user = "meg-" + way;
                    Api admin = site.server().as("gus", organization, "admin");
                    String agent = admin.newAgent("watched");
                    try (EventWatcher watcher =
                            watch(way, user, organization, "member", agent.substring("/agents/".length()))) {
                        awaitShown(admin, agent, watcher, "k***@example.com");
                        levels(admin, 0, "masked", "masked");
                        awaitShown(admin, agent, watcher, "[EMAIL]");
                        levels(admin, 1, "raw", "masked");
                        awaitShown(admin, agent, watcher, "kim@example.com");
                        assertTrue(
                                entriesOf(user).stream()
                                        .anyMatch(entry -> !entry.at("raw").isEmpty()),
                                () -> "shown raw without an entry that says so: " + entriesOf(user));
                    }
                }));
    }

    @Test
    void aFilterOnATypeThatIsHiddenShowsNothing() {
        site.as("mia")
                .post(site.agent() + "/events", "{\"type\":\"plain\",\"payload\":{}}")
                .expect(201);
        String query = "after=0&type=plain&type=" + SensitiveSite.TYPE;
        URI server = site.server().url();
        String agent = site.agentId();
        try (EventWatcher admin = EventWatcher.onEventStream(
                        server, site.server().token("ada", "initech", "admin"), agent, query);
                EventWatcher viewer = EventWatcher.onEventStream(
                        server, site.server().token("vic", "initech", "viewer"), agent, query)) {
            assertEquals(SensitiveSite.TYPE, admin.next().event().get("type").asString());
            assertEquals("plain", viewer.next().event().get("type").asString());
        }
    }
}

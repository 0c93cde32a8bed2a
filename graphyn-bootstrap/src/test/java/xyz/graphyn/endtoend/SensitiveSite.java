package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server with an agent that was told much that is sensitive, and what each reader may see of it: Ada is an admin, Mia a
 * member who created the agent, Vic a viewer.
 */
final class SensitiveSite implements AutoCloseable {
    static final String SESSION = "chat with sam.session@example.com";
    static final String LABEL = "from lou.label@example.com";
    static final String TYPE = "ghp_9z8Y7x6W5v4U3t2S1r0Q9p8O7n6M5l4K3j2I";
    static final String NAME = "Clerk of nan.name@example.com";

    /** Readers below raw, with their levels. */
    static final Map<String, String> LEVELS = Map.of("mia", "partial", "vic", "masked");

    private static final Map<String, String> ROLES = Map.of("ada", "admin", "mia", "member", "vic", "viewer");

    private final RunningServer server;
    private final Trail trail;
    private final String organization;
    private final Map<String, SensitiveRow> rows = new LinkedHashMap<>();
    private final Set<String> masked = new HashSet<>();
    private final Set<String> partial = new HashSet<>();
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final List<String> own;
    private final List<String> nodes = new ArrayList<>();
    private int edges;

    private SensitiveSite(RunningServer server, Trail trail, String organization) {
        this.server = server;
        this.trail = trail;
        this.organization = organization;
        own = ownPayloads();
        createAgent();
        own.forEach(this::addEvent);
        own.forEach(this::addNode);
        own.forEach(this::addEdge);
        rows.values().forEach(row -> {
            masked.addAll(row.masked());
            partial.addAll(row.partial());
        });
    }

    /** On the server that is shared, in an organization of its own. */
    static SensitiveSite of(RunningServer server, String organization) {
        return new SensitiveSite(server, Trail.of(server.home()), organization);
    }

    /** The same once more, on the same server, so that what is changed there disturbs nobody here. */
    SensitiveSite of(String other) {
        return new SensitiveSite(server, trail, other);
    }

    private static List<String> ownPayloads() {
        try (InputStream in = SensitiveSite.class.getResourceAsStream("sensitive.jsonl");
                BufferedReader lines =
                        new BufferedReader(new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void createAgent() {
        String metadata = "{\"owner\":\"meta.data@example.com\"}";
        String instructions = "Never call +49 30 901821, nor write to nobody.knows@example.com";
        JsonNode agent = as("mia")
                .post(
                        "/agents",
                        "{\"name\":%s,\"description\":%s,\"instructions\":%s,\"metadata\":%s}"
                                .formatted(quoted(NAME), quoted(NAME), quoted(instructions), metadata))
                .expect(201)
                .json();
        ids.put("agentId", agent.get("id").asString());
        rows.put(
                agentId(),
                new SensitiveRow.Builder()
                        .text(NAME)
                        .text(NAME)
                        .text(instructions)
                        .json(metadata)
                        .build());
    }

    /** Records an event with this payload, and gives its id. */
    String addEvent(String payload) {
        String external = "mail-" + rows.size() + "@ext.example.com";
        String id = as("mia")
                .post(
                        agent() + "/events",
                        "{\"type\":\"%s\",\"sessionId\":\"%s\",\"externalId\":\"%s\",\"payload\":%s}"
                                .formatted(TYPE, SESSION, external, payload))
                .expect(201)
                .json()
                .get("id")
                .asString();
        ids.put("eventId", id);
        rows.put(
                id,
                new SensitiveRow.Builder()
                        .text(TYPE)
                        .text(SESSION)
                        .text(external)
                        .json(payload)
                        .build());
        return id;
    }

    private void addNode(String properties) {
        String external = "node-" + rows.size() + "@ext.example.com";
        String content = Api.JSON.readTree(properties).toString();
        String id = as("mia")
                .post(
                        agent() + "/nodes",
                        ("{\"type\":\"%s\",\"sessionId\":\"%s\",\"externalId\":\"%s\",\"labels\":[\"%s\",\"plain\"],"
                                        + "\"content\":%s,\"properties\":%s}")
                                .formatted(TYPE, SESSION, external, LABEL, quoted(content), properties))
                .expect(201)
                .json()
                .get("id")
                .asString();
        ids.put("nodeId", id);
        nodes.add(id);
        rows.put(
                id,
                new SensitiveRow.Builder()
                        .text(TYPE)
                        .text(SESSION)
                        .text(external)
                        .text(LABEL)
                        .text(content)
                        .json(properties)
                        .build());
    }

    /** From the last node to each in turn, itself included. */
    private void addEdge(String properties) {
        String from = Objects.requireNonNull(ids.get("nodeId"));
        String to = nodes.get(edges++ % nodes.size());
        String id = as("mia")
                .post(
                        agent() + "/edges",
                        "{\"from\":\"%s\",\"to\":\"%s\",\"relation\":\"%s\",\"properties\":%s}"
                                .formatted(from, to, TYPE, properties))
                .expect(201)
                .json()
                .get("id")
                .asString();
        ids.put("edgeId", id);
        rows.put(id, new SensitiveRow.Builder().text(TYPE).json(properties).build());
    }

    static String quoted(String text) {
        return Api.JSON.writeValueAsString(text);
    }

    RunningServer server() {
        return server;
    }

    Trail trail() {
        return trail;
    }

    Api as(String user) {
        return server.as(user, organization, ROLES.getOrDefault(user, "viewer"));
    }

    String agent() {
        return "/agents/" + agentId();
    }

    String agentId() {
        return Objects.requireNonNull(ids.get("agentId"));
    }

    Map<String, String> ids() {
        return ids;
    }

    /** The payloads of this repository's own, as they were sent. */
    List<String> own() {
        return own;
    }

    /** Fails if a reader at that level was shown a piece of anything that this repository's rows hold. */
    void assertNothingShows(String text, String level) {
        String all = SensitiveRow.spelledOut(text);
        List<String> survivors = (level.equals("partial") ? partial : masked)
                .stream().filter(all::contains).limit(10).toList();
        assertEquals(List.of(), survivors, () -> "at " + level + " in " + text);
    }

    /** A row in an answer, and what it is shown as. */
    record Place(JsonNode shown, SensitiveRow row) {}

    /** The rows in an answer; one that is there twice counts twice. */
    List<Place> rowsIn(JsonNode answer) {
        List<Place> found = new ArrayList<>();
        collect(answer, found);
        return found;
    }

    private void collect(JsonNode node, List<Place> found) {
        if (node instanceof ObjectNode object) {
            SensitiveRow row = rows.get(object.path("id").asString(""));
            if (row != null) {
                found.add(new Place(object, row));
            }
        }
        node.forEach(inside -> collect(inside, found));
    }

    static SortedMap<String, Integer> kinds(List<Place> of) {
        SortedMap<String, Integer> sum = new TreeMap<>();
        of.forEach(place -> place.row().kinds().forEach((kind, count) -> sum.merge(kind, count, Integer::sum)));
        return sum;
    }

    /** What holds for rows that are shown at a level below raw, beside the same as an admin is shown it. */
    void assertMasked(JsonNode raw, JsonNode shown, String level) {
        assertEquals("", SensitiveRow.difference(raw, shown, ""), () -> "the shape of " + shown);
        List<Place> here = rowsIn(shown);
        assertEquals(kinds(rowsIn(raw)), kinds(here));
        here.forEach(place -> assertEquals(
                List.of(),
                place.row().survivors(place.shown().toString(), level.equals("partial")),
                () -> level + " " + place.shown()));
        assertNothingShows(shown.toString(), level);
    }

    /** The one entry of an answer: who saw how many of which kind at which level, and no value. */
    void assertNoted(String requestId, String user, String level, SortedMap<String, Integer> kinds) {
        List<Trail.Entry> entries = trail.entries(requestId).stream()
                .filter(Trail.Entry::tellsOfDisclosure)
                .toList();
        assertEquals(1, entries.size(), () -> "entries of " + requestId + ": " + entries);
        Trail.Entry entry = entries.getFirst();
        assertTrue(entry.actor().contains(user), entry::toString);
        assertEquals(kinds, entry.at(level), entry::toString);
        List<String> others = new ArrayList<>(List.of("raw", "partial", "masked"));
        others.remove(level);
        others.forEach(other -> assertEquals(Map.of(), entry.at(other), entry::toString));
    }

    /** The server stays. */
    @Override
    public void close() {
        trail.close();
    }
}

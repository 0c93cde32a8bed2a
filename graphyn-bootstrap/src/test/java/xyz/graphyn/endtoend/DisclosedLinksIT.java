package xyz.graphyn.endtoend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What memory finds by itself tells nobody what they may not see: names that are hidden are in no edge. */
class DisclosedLinksIT {
    /** By the name alone, and by a word before it, without which nobody would know it for one. */
    private static final String PATTERNS =
            "{\"masking\":{\"revision\":0,\"patterns\":[{\"name\":\"project\",\"regex\":\"Project [A-Z][a-z]+\",\"kind\":\"PROJECT\"},"
                    + "{\"name\":\"codename\",\"regex\":\"codename [A-Z][a-z]+\",\"kind\":\"CODENAME\"}]}}";

    private static final List<String> HIDDEN = List.of("Falcon", "falcon", "Osprey", "osprey", "quill");

    private final RunningServer server = RunningServer.shared();

    private record Site(Api ada, Api mia, Api vic, String agent) {
        static Site of(RunningServer server, String organization) {
            Api ada = server.as("ada", organization, "admin");
            String agent = ada.newAgent("Links");
            return new Site(
                    ada, server.as("mia", organization, "member"), server.as("vic", organization, "viewer"), agent);
        }

        void say(int minute, String text) {
            ada.post(
                            agent + "/events",
                            ("{\"type\":\"message\",\"sessionId\":\"chat\",\"occurredAt\":\"2026-03-01T10:%02d:00Z\","
                                            + "\"payload\":{\"role\":\"user\",\"name\":\"Ada\",\"content\":%s}}")
                                    .formatted(minute, SensitiveSite.quoted(text)))
                    .expect(201);
        }

        void sayBoth() {
            say(1, "The review of Project Falcon with Jane Doe, known by its codename Osprey, is on Monday.");
            say(2, "Write to Quill.Doe@quill.example.org that Jane Doe leads Project Falcon and the codename Osprey.");
        }

        List<JsonNode> mentions(Api reader) {
            List<JsonNode> mentions = new ArrayList<>();
            reader.get(agent + "/edges").expect(200).json().get("items").forEach(edge -> {
                if (edge.get("relation").asString().equals("mentions")) {
                    mentions.add(edge);
                }
            });
            return mentions;
        }

        static String names(List<JsonNode> mentions) {
            return mentions.isEmpty()
                    ? "none"
                    : mentions.getFirst().get("properties").get("names").toString();
        }

        /** All that a reader is told of the edges. */
        String told(Api reader) {
            StringBuilder told = new StringBuilder();
            told.append(reader.get(agent + "/edges").expect(200).body());
            told.append(
                    reader.get(agent + "/edges?relation=mentions").expect(200).body());
            for (JsonNode node : reader.all(agent + "/nodes")) {
                String id = node.get("id").asString();
                told.append(reader.get(agent + "/nodes/" + id + "/neighbors?depth=2")
                        .expect(200)
                        .body());
                told.append(reader.get(agent + "/edges?from=" + id).expect(200).body());
            }
            return told.toString();
        }

        void assertNothingShows() {
            for (Api reader : List.of(mia, vic)) {
                String told = told(reader);
                List<String> shown = HIDDEN.stream()
                        .filter(told.replace("@quill.example.org", "")::contains)
                        .toList();
                assertEquals(List.of(), shown, told);
            }
        }
    }

    @Test
    void aHiddenNameLinksNothing() {
        Site site = Site.of(server, "links-hidden");
        site.ada().patch("/organization/settings", PATTERNS).expect(200);
        site.sayBoth();
        List<JsonNode> linked = Patience.until(() -> site.mentions(site.ada()), edges -> edges.size() == 1);
        assertEquals(
                "[\"Jane Doe\"]", Site.names(linked), "nor for who sees everything: they are read from masked text");
        site.assertNothingShows();
        for (Api reader : List.of(site.mia(), site.vic())) {
            assertEquals("[\"Jane Doe\"]", Site.names(site.mentions(reader)));
            assertTrue(site.told(reader).contains("[PROJECT]"));
        }
    }

    @Test
    void aNameThatIsHiddenLaterIsHiddenAtOnce() {
        Site site = Site.of(server, "links-later");
        site.sayBoth();
        List<JsonNode> linked = Patience.until(() -> site.mentions(site.vic()), edges -> edges.size() == 1);
        assertTrue(Site.names(linked).contains("Osprey"), linked::toString);
        site.ada().patch("/organization/settings", PATTERNS).expect(200);
        Patience.until(
                () -> {
                    site.assertNothingShows();
                    return Site.names(site.mentions(site.vic()));
                },
                "[\"Jane Doe\"]"::equals);
        site.assertNothingShows();
        assertFalse(site.mentions(site.ada()).toString().contains("Osprey"));
    }
}

package xyz.graphyn.domain.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentMasking;
import xyz.graphyn.domain.agent.AgentProfile;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.event.EventMasking;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.masking.Seen;
import xyz.graphyn.domain.masking.View;

class RowMaskingTest {
    private static final View MASKED = new View(AccessLevel.MASKED, Set.of());
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String MAIL = "ada@example.com";
    private static final Json JSON = new Json("{\"to\":\"" + MAIL + "\"}");

    private static Event event(Findings findings) {
        return new Event(
                new EventId(new UUID(0, 1)),
                7,
                new AgentId(new UUID(0, 2)),
                "message",
                MAIL,
                MAIL,
                JSON,
                NOW,
                NOW,
                findings);
    }

    private static Node node(Findings findings) {
        return new Node(
                new NodeId(new UUID(0, 1)),
                new AgentId(new UUID(0, 2)),
                "fact",
                "Write to " + MAIL,
                List.of(MAIL, "b"),
                JSON,
                7,
                MAIL,
                null,
                new NodeSource(new EventId(new UUID(0, 3)), MAIL),
                null,
                NOW,
                NOW,
                NOW,
                findings);
    }

    /** Where the address stands in each of these fields. */
    private static Findings findings(Map<String, String> fields) {
        Map<String, List<Finding>> found = new LinkedHashMap<>();
        fields.forEach((field, text) -> {
            int start = text.indexOf(MAIL);
            found.put(field, List.of(new Finding(start, start + MAIL.length(), Kind.EMAIL, "test")));
        });
        return new Findings(RulesVersion.of(1, 0), found);
    }

    private static Agent agent(AgentProfile profile, Findings findings) {
        return new Agent(
                new AgentId(new UUID(0, 2)),
                new OrganizationId(new UUID(0, 3)),
                profile,
                "user_ada",
                NOW,
                NOW,
                findings);
    }

    @Test
    void hidesWhoCreatedAnAgentAlsoFromThoseWhoMayKnowNoMoreThanItsName() {
        AgentProfile profile = new AgentProfile("Planner", MAIL, null, null, Json.EMPTY);
        Agent agent = new Agent(
                new AgentId(new UUID(0, 2)),
                new OrganizationId(new UUID(0, 3)),
                profile,
                MAIL,
                NOW,
                NOW,
                findings(Map.of("/createdBy", MAIL, "/description", MAIL)));
        Seen<Agent> seen = AgentMasking.seen(agent, MASKED);
        assertEquals("[EMAIL]", seen.value().createdBy());
        assertEquals(2, seen.disclosure().hidden());
        Seen<Agent> nameOnly = AgentMasking.seen(agent.withoutContent(), MASKED);
        assertEquals("[EMAIL]", nameOnly.value().createdBy());
        assertEquals(1, nameOnly.disclosure().hidden());
    }

    @Test
    void hidesEveryTextOfAnEvent() {
        Findings findings = findings(Map.of("/sessionId", MAIL, "/externalId", MAIL, "/payload", JSON.text()));
        Seen<Event> seen = EventMasking.seen(event(findings), MASKED);
        assertEquals(
                new Event(
                        new EventId(new UUID(0, 1)),
                        7,
                        new AgentId(new UUID(0, 2)),
                        "message",
                        "[EMAIL]",
                        "[EMAIL]",
                        new Json("{\"to\":\"[EMAIL]\"}"),
                        NOW,
                        NOW,
                        Findings.none(RulesVersion.of(1, 0))),
                seen.value());
        assertEquals(3, seen.disclosure().hidden());
    }

    @Test
    void hidesEveryTextOfANode() {
        Findings findings = findings(Map.of(
                "/content",
                "Write to " + MAIL,
                "/labels/0",
                MAIL,
                "/properties",
                JSON.text(),
                "/sessionId",
                MAIL,
                "/sourceExternalId",
                MAIL));
        Node seen = NodeMasking.seen(node(findings), MASKED).value();
        assertEquals("Write to [EMAIL]", seen.content());
        assertEquals(List.of("[EMAIL]", "b"), seen.labels());
        assertEquals("{\"to\":\"[EMAIL]\"}", seen.properties().text());
        assertEquals("[EMAIL]", seen.sessionId());
        assertEquals(new NodeSource(new EventId(new UUID(0, 3)), "[EMAIL]"), seen.source());
        assertEquals("fact", seen.type());
    }

    @Test
    void hidesEveryTextOfAnAgent() {
        AgentProfile profile = new AgentProfile(MAIL, MAIL, MAIL, MAIL, JSON);
        Findings findings = findings(Map.of(
                "/name", MAIL, "/description", MAIL, "/instructions", MAIL, "/model", MAIL, "/metadata", JSON.text()));
        Json metadata = new Json("{\"to\":\"[EMAIL]\"}");
        assertEquals(
                new AgentProfile("[EMAIL]", "[EMAIL]", "[EMAIL]", "[EMAIL]", metadata),
                AgentMasking.seen(agent(profile, findings), MASKED).value().profile());
    }

    @Test
    void keepsAnAgentWithinItsBoundsWhereMasksAreLonger() {
        AgentProfile profile = new AgentProfile(
                "1.1.1.1".repeat(28), null, null, null, new Json("{\"a\":\"" + "1.1.1.1".repeat(9_000) + "\"}"));
        List<Finding> inName = IntStream.range(0, 28)
                .mapToObj(i -> new Finding(7 * i, 7 * i + 7, Kind.IP_ADDRESS, "test"))
                .toList();
        List<Finding> inMetadata = IntStream.range(0, 9_000)
                .mapToObj(i -> new Finding(6 + 7 * i, 13 + 7 * i, Kind.IP_ADDRESS, "test"))
                .toList();
        Findings findings = new Findings(RulesVersion.of(1, 0), Map.of("/name", inName, "/metadata", inMetadata));
        AgentProfile seen =
                AgentMasking.seen(agent(profile, findings), MASKED).value().profile();
        assertEquals("[IP_ADDRESS]".repeat(17).substring(0, AgentProfile.MAX_NAME), seen.name());
        assertEquals(Json.EMPTY, seen.metadata());
    }

    @Test
    void givesBackTheRowItselfWhereNothingIsHidden() {
        Findings findings = findings(Map.of("/payload", JSON.text()));
        Event event = event(findings);
        Seen<Event> raw = EventMasking.seen(event, View.RAW);
        assertSame(event, raw.value());
        assertEquals(1, raw.disclosure().raw());
        Node node = node(Findings.none(RulesVersion.of(1, 0)));
        assertSame(node, NodeMasking.seen(node, MASKED).value());
    }

    @Test
    void showsNothingBelowRawThatNobodyHasSearched() {
        Event event = event(Findings.UNSCANNED);
        assertThrows(IllegalArgumentException.class, () -> EventMasking.seen(event, MASKED));
        assertThrows(IllegalArgumentException.class, () -> NodeMasking.seen(node(Findings.UNSCANNED), MASKED));
        assertSame(event, EventMasking.seen(event, View.RAW).value());
    }
}

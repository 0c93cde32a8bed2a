package xyz.graphyn.domain.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.RulesVersion;

class NodeKeysTest {
    private static final RulesVersion RULES = RulesVersion.of(1, 0);
    private static final String TRAINS = "I would never take a plane";

    private static Node node(String type, String content, @Nullable String session, Findings findings) {
        NodeDraft draft = new NodeDraft(type, content, List.of(), Json.EMPTY, null, session, null);
        return Node.first(
                new NodeId(new UUID(0, 1)),
                new AgentId(new UUID(0, 2)),
                draft,
                1,
                Instant.parse("2026-05-04T10:00:00Z"),
                findings);
    }

    private static Findings hiding(String content, String hidden) {
        int start = content.indexOf(hidden);
        return new Findings(
                RULES, Map.of("/content", List.of(new Finding(start, start + hidden.length(), Kind.EMAIL, "test"))));
    }

    private static Set<String> superseding(Node node, @Nullable String speaker) {
        return NodeKeys.of(node, Optional.ofNullable(speaker)).orElseThrow().all(name -> false).stream()
                .filter(key -> key.kind().supersedes())
                .map(NodeKey::key)
                .collect(Collectors.toSet());
    }

    private static Set<String> said(String speaker, String content, @Nullable String session) {
        return superseding(node(Message.TYPE, content, session, Findings.none(RULES)), speaker);
    }

    private static Set<String> told(String type, String content) {
        return superseding(node(type, content, null, Findings.none(RULES)), null);
    }

    @Test
    void ofTheSameWordsAreTheSameInOneSessionBySpeaker() {
        assertEquals(said("Ada", TRAINS, "s"), said("Ada", "I would NEVER take a plane!", "s"));
        assertNotEquals(said("Ada", TRAINS, "s"), said("Ada", TRAINS, "t"));
        assertNotEquals(said("Ada", TRAINS, "s"), said("Bob", TRAINS, "s"));
        assertEquals(told("fact", TRAINS), told("fact", TRAINS));
        assertNotEquals(told("fact", TRAINS), told("preference", TRAINS));
    }

    @Test
    void ofStatementsAreTheSameInAllSessionsOfWhoHasAName() {
        assertEquals(
                statements(said("Ada", "My budget is 5 euros", "s")),
                statements(said("Ada", "My budget is 7 euros", "t")));
        assertNotEquals(
                statements(said("user", "My budget is 5 euros", "s")),
                statements(said("user", "My budget is 7 euros", "t")));
        assertEquals(
                statements(said("user", "My budget is 5 euros", "s")),
                statements(said("user", "My budget is 7 euros", "s")));
        assertNotEquals(
                statements(said("Ada", "The fee is 5 euros", "s")), statements(said("Ada", "The fee is 7 euros", "t")));
        assertEquals(told("fact", "Ada lives in Vienna"), told("fact", "Ada lives in Graz"));
        assertEquals(1, statements(told("fact", "Ada lives in Vienna")).size());
    }

    private static Set<String> statements(Set<String> keys) {
        return keys.stream()
                .filter(key -> key.startsWith(NodeKey.Kind.STATEMENT.prefix()))
                .collect(Collectors.toSet());
    }

    @Test
    void tellNothingOfWhatIsHidden() {
        String one = "please write to ada@example.com about Vienna";
        String other = "please write to bob@example.com about Vienna";
        Node hidden = node("fact", one, null, hiding(one, "ada@example.com"));
        assertEquals(Set.of(), superseding(hidden, null), "texts may differ in what is hidden alone");
        String phone = "My email is ada@example.com";
        assertEquals(
                superseding(node("fact", phone, null, hiding(phone, "ada@example.com")), null),
                superseding(node("fact", "My email is bob", null, hiding("My email is bob", "bob")), null),
                "no two hidden values are compared");
        NodeKeys keys = NodeKeys.of(hidden, Optional.empty()).orElseThrow();
        assertFalse(keys.isNearly(
                NodeKeys.of(node("fact", other, null, hiding(other, "bob@example.com")), Optional.empty())
                        .orElseThrow()));
        String named = "I met Ada Lovelace in Graz";
        assertEquals(
                List.of("Graz"),
                NodeKeys.of(node("fact", named, null, hiding(named, "Ada Lovelace")), Optional.empty())
                        .orElseThrow()
                        .all(name -> true)
                        .stream()
                        .map(NodeKey::name)
                        .toList());
        assertTrue(NodeKeys.of(node("fact", named, null, Findings.UNSCANNED), Optional.empty())
                .isEmpty());
    }

    @Test
    void knowTheSpeakerAndTheNamesThatAreKnown() {
        NodeKeys keys = NodeKeys.of(node(Message.TYPE, "Bob met Eve.", null, Findings.none(RULES)), Optional.of("Ada"))
                .orElseThrow();
        assertEquals(
                List.of("n:eve", "s:ada"),
                keys.all(name -> false).stream().map(NodeKey::key).toList());
        assertEquals(
                List.of("n:eve", "n:bob", "s:ada"),
                keys.all(name -> name.key().equals("n:bob")).stream()
                        .map(NodeKey::key)
                        .toList());
        assertEquals(
                "s:bob",
                keys.possibleNames().getFirst().as(NodeKey.Kind.SPEAKER).key());
    }
}

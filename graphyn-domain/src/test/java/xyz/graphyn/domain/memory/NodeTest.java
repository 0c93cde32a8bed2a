package xyz.graphyn.domain.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.domain.validation.Violation;

class NodeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static NodeDraft draft(@Nullable Instant occurredAt, @Nullable String externalId) {
        return new NodeDraft("fact", "content", List.of("b", "a"), Json.EMPTY, occurredAt, null, externalId);
    }

    private static Node node(NodeDraft draft) {
        return Node.first(new NodeId(new UUID(0, 1)), new AgentId(new UUID(0, 2)), draft, 7, NOW, Findings.UNSCANNED);
    }

    private static List<String> pointers(List<String> labels, String content) {
        Invalid invalid =
                assertThrows(Invalid.class, () -> new NodeDraft("fact", content, labels, Json.EMPTY, null, null, null));
        return invalid.violations().stream()
                .map(violation -> violation.pointer() + " " + violation.code())
                .toList();
    }

    @Test
    void happenedWhenItArrivedUnlessItSaysOtherwise() {
        assertEquals(NOW, node(draft(null, null)).occurredAt());
        assertEquals(NOW.minusSeconds(5), node(draft(NOW.minusSeconds(5), null)).occurredAt());
    }

    @Test
    void namesTheLabelThatIsWrong() {
        assertEquals(List.of("/labels/1 blank"), pointers(List.of("a", " "), "c"));
        assertEquals(List.of("/labels duplicate"), pointers(List.of("a", "a"), "c"));
        assertEquals(
                List.of("/content blank", "/labels too-many", "/labels duplicate"),
                pointers(Collections.nCopies(51, "a"), ""));
    }

    @Test
    void isToldAnewByItsOwnDraft() {
        Node node = node(draft(NOW.minusSeconds(5), "n1"));
        assertEquals(node, node.changedTo(node.draft(), 7, NOW, Findings.UNSCANNED));
    }

    @Test
    void keepsItsExternalIdAndItsTime() {
        Node node = node(draft(NOW.minusSeconds(5), "n1"));
        Invalid invalid =
                assertThrows(Invalid.class, () -> node.changedTo(draft(null, "n2"), 7, NOW, Findings.UNSCANNED));
        assertEquals(
                "/externalId",
                invalid.violations().stream()
                        .map(Violation::pointer)
                        .findFirst()
                        .orElseThrow());
        assertEquals(
                NOW.minusSeconds(5),
                node.changedTo(draft(null, "n1"), 7, NOW, Findings.UNSCANNED).occurredAt());
        assertEquals(
                NOW,
                node.changedTo(draft(null, "n1"), 7, NOW.minusSeconds(9), Findings.UNSCANNED)
                        .updatedAt());
    }
}

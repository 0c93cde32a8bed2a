package xyz.graphyn.domain.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.masking.Seen;
import xyz.graphyn.domain.masking.View;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.domain.validation.Violation;

class EdgeTest {
    private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
    private static final NodeId A = new NodeId(new UUID(0, 1));
    private static final NodeId B = new NodeId(new UUID(0, 2));
    private static final RulesVersion RULES = RulesVersion.of(1, 0);

    private static EdgeDraft draft(@Nullable Instant from, @Nullable Instant to) {
        return new EdgeDraft(A, B, "lives_in", Json.EMPTY, from, to);
    }

    private static Edge edge(EdgeDraft draft, Findings findings) {
        return Edge.told(new EdgeId(new UUID(0, 9)), new AgentId(new UUID(0, 8)), draft, NOW, findings);
    }

    private static Edge span(@Nullable Instant from, @Nullable Instant to) {
        return edge(draft(from, to), Findings.UNSCANNED);
    }

    @Test
    void holdsFromItsBeginningOnAndNotAtItsEnd() {
        Edge second = span(NOW, NOW.plusSeconds(1));
        assertFalse(second.holdsAt(NOW.minusNanos(1)));
        assertTrue(second.holdsAt(NOW));
        assertTrue(second.holdsAt(NOW.plusSeconds(1).minusNanos(1)));
        assertFalse(second.holdsAt(NOW.plusSeconds(1)));
        assertTrue(span(null, null).holdsAt(Instant.MIN) && span(null, null).holdsAt(Instant.MAX));
    }

    @Test
    void cannotEndBeforeItBegins() {
        for (Instant end : List.of(NOW, NOW.minusSeconds(1), NOW.plusNanos(999))) {
            Invalid invalid = assertThrows(Invalid.class, () -> draft(NOW, end));
            assertEquals(
                    List.of(new Violation("/validTo", "out-of-range", "must be after validFrom")),
                    invalid.violations());
        }
        assertEquals(NOW.plusNanos(1_000), draft(NOW, NOW.plusNanos(1_999)).validTo());
    }

    @Test
    void staysTheSameFactWhenItIsToldAnew() {
        Edge found = new Edge(
                new EdgeId(new UUID(0, 9)),
                new AgentId(new UUID(0, 8)),
                A,
                B,
                "lives_in",
                Json.EMPTY,
                null,
                null,
                true,
                NOW,
                Findings.UNSCANNED);
        Edge closed = found.changedTo(draft(null, NOW), Findings.none(RULES));
        assertTrue(closed.isSameFact(found));
        assertFalse(closed.derived());
        assertEquals(NOW, closed.validTo());
        assertFalse(span(NOW, null).isSameFact(found));
        for (Map.Entry<String, EdgeDraft> other : Map.of(
                        "/from", new EdgeDraft(B, B, "lives_in", Json.EMPTY, null, null),
                        "/to", new EdgeDraft(A, A, "lives_in", Json.EMPTY, null, null),
                        "/relation", new EdgeDraft(A, B, "left", Json.EMPTY, null, null))
                .entrySet()) {
            Invalid invalid = assertThrows(Invalid.class, () -> found.changedTo(other.getValue(), Findings.UNSCANNED));
            assertEquals(other.getKey(), invalid.violations().getFirst().pointer());
        }
    }

    @Test
    void isSeenByTheLevelOfItsReader() {
        String mail = "ada@example.com";
        Findings findings = new Findings(
                RULES,
                Map.of(
                        "/relation", List.of(new Finding(0, 16, Kind.CREDIT_CARD, "card")),
                        "/properties", List.of(new Finding(6, 6 + mail.length(), Kind.EMAIL, "email"))));
        Edge edge = edge(
                new EdgeDraft(A, B, "4242424242424242", new Json("{\"a\":\"" + mail + "\"}"), NOW, null), findings);
        Seen<Edge> masked = EdgeMasking.seen(edge, new View(AccessLevel.MASKED, Set.of()));
        assertEquals("[CREDIT_CARD]", masked.value().relation());
        assertEquals("{\"a\":\"[EMAIL]\"}", masked.value().properties().text());
        assertEquals(2, masked.disclosure().hidden());
        assertEquals(Findings.none(RULES), masked.value().findings());
        assertEquals(NOW, masked.value().validFrom());
        Seen<Edge> partial = EdgeMasking.seen(edge, new View(AccessLevel.PARTIAL, Set.of()));
        assertEquals("**** **** **** 4242", partial.value().relation());
        assertSame(
                edge,
                EdgeMasking.seen(edge, new View(AccessLevel.RAW, Set.of())).value());
        assertThrows(
                IllegalArgumentException.class,
                () -> EdgeMasking.seen(span(null, null), new View(AccessLevel.MASKED, Set.of())));
    }
}

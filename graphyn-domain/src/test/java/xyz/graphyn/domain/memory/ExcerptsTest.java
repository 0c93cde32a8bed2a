package xyz.graphyn.domain.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.masking.View;

class ExcerptsTest {
    private static final String CONTENT = "First part. Write to ada@example.com today. Last part.";
    private static final int MAIL = CONTENT.indexOf("ada@");
    private static final Finding FINDING = new Finding(MAIL, MAIL + "ada@example.com".length(), Kind.EMAIL, "test");

    private static Node excerpt(Span... parts) {
        NodeDraft draft = new NodeDraft("fact", CONTENT, List.of(), Json.EMPTY, null, null, null);
        Findings findings = new Findings(RulesVersion.of(1, 0), Map.of("/content", List.of(FINDING)));
        Node node =
                Node.first(new NodeId(new UUID(0, 1)), new AgentId(new UUID(0, 2)), draft, 9, Instant.EPOCH, findings);
        return Excerpts.of(node, List.of(parts));
    }

    private static String masked(Node node) {
        return NodeMasking.seen(node, new View(AccessLevel.MASKED, Set.of()))
                .value()
                .content();
    }

    @Test
    void saysWhereSomethingIsLeftOut() {
        assertEquals("First part.…", excerpt(new Span(0, 11)).content());
        assertEquals("…Last part.", excerpt(new Span(44, 54)).content());
        assertEquals("First … part.…", excerpt(new Span(6, 11), new Span(0, 5)).content());
        assertEquals(CONTENT, excerpt(new Span(0, CONTENT.length())).content());
    }

    @Test
    void joinsPartsThatTouchOrOverlap() {
        assertEquals("First part.…", excerpt(new Span(0, 5), new Span(5, 11)).content());
        assertEquals("First part.…", excerpt(new Span(0, 8), new Span(3, 11)).content());
    }

    @Test
    void isMaskedAsTheWholeIs() {
        assertEquals("…Write to [EMAIL] today.…", masked(excerpt(new Span(12, 43))));
    }

    @Test
    void widensAPartThatWouldCutAFinding() {
        assertEquals("…Write to [EMAIL]…", masked(excerpt(new Span(12, MAIL + 3))));
        assertEquals("…[EMAIL] today.…", masked(excerpt(new Span(MAIL + 3, 43))));
        assertEquals("…[EMAIL]…", masked(excerpt(new Span(MAIL + 1, MAIL + 2), new Span(MAIL + 4, MAIL + 5))));
    }

    @Test
    void hasNoFindingOfWhatIsLeftOut() {
        assertEquals(0, excerpt(new Span(0, 11)).findings().count());
    }
}

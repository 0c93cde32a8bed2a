package xyz.graphyn.domain.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Kind;

class PassagesTest {
    @Test
    void leavesAShortContentWhole() {
        assertEquals(List.of(new Span(0, 5)), Passages.of("Hello", List.of()));
        assertEquals(List.of(new Span(0, 800)), Passages.of("x".repeat(800), List.of()));
    }

    @Test
    void prefersTheEndOfAParagraphToThatOfASentence() {
        String first = "One sentence. ".repeat(20) + "The last.\n\n";
        String content = first + "Another sentence. ".repeat(50);

        assertEquals(
                new Span(0, first.length()), Passages.of(content, List.of()).getFirst());
    }

    @Test
    void prefersTheEndOfASentenceToThatOfAWord() {
        String content = "Some words of a sentence that is quite long. ".repeat(40);

        for (Span passage : Passages.of(content, List.of())) {
            assertTrue(content.substring(passage.start(), passage.end()).endsWith(". "));
        }
    }

    @Test
    void cutsNoCharacterInTwo() {
        String content = "x" + "\ud83d\ude00".repeat(2_000);

        for (Span passage : Passages.of(content, List.of())) {
            assertFalse(Character.isLowSurrogate(content.charAt(passage.start())));
        }
    }

    @Test
    void keepsAFindingThatIsLongerThanAPassageWhole() {
        String content = "Key: " + "k".repeat(3_000) + " and more of this. ".repeat(100);
        Finding key = new Finding(5, 3_005, Kind.SECRET, "test");

        List<Span> passages = Passages.of(content, List.of(key));

        assertEquals(List.of(new Span(0, 5), new Span(5, 3_005)), passages.subList(0, 2));
        assertTrue(passages.subList(2, passages.size()).stream().allMatch(span -> span.end() - span.start() <= 400));
    }

    @Test
    void coversAnyContentAndCutsNoFinding() {
        Random random = new Random(7);
        for (int round = 0; round < 300; round++) {
            String content = content(random);
            List<Finding> findings = findings(random, content.length());

            List<Span> passages = Passages.of(content, findings);

            int end = 0;
            for (Span passage : passages) {
                assertEquals(end, passage.start());
                assertTrue(passage.end() > passage.start());
                end = passage.end();
                for (Finding finding : findings) {
                    assertFalse(finding.start() < passage.end() && passage.end() < finding.end());
                }
            }
            assertEquals(content.length(), end);
        }
    }

    private static String content(Random random) {
        StringBuilder content = new StringBuilder();
        int length = 1 + random.nextInt(6_000);
        while (content.length() < length) {
            content.append(
                    switch (random.nextInt(12)) {
                        case 0 -> ". ";
                        case 1 -> "\n";
                        case 2 -> "\n\n";
                        case 3, 4 -> " ";
                        default -> "word".repeat(1 + random.nextInt(40));
                    });
        }
        return content.toString();
    }

    private static List<Finding> findings(Random random, int length) {
        List<Finding> findings = new ArrayList<>();
        int at = random.nextInt(300);
        while (at + 1 < length) {
            int end = Math.min(length, at + 1 + random.nextInt(random.nextInt(10) == 0 ? 2_000 : 40));
            findings.add(new Finding(at, end, Kind.SECRET, "test"));
            at = end + random.nextInt(800);
        }
        return findings;
    }
}

package xyz.graphyn.domain.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.recall.ContextPacking.Packed;

class ContextPackingTest {
    private static final Instant MAY = Instant.parse("2026-05-04T22:00:00Z");

    /** A token for each word and each line. */
    private static int tokens(String text) {
        return text.isEmpty() ? 0 : text.split("[ \n]+").length;
    }

    private static ContextPacking packing(int budget) {
        return new ContextPacking(budget, ContextPackingTest::tokens);
    }

    private static ContextEntry entry(int number, @Nullable String session, Instant at, String content) {
        NodeDraft draft = new NodeDraft("message", content, List.of(), Json.EMPTY, at, session, null);
        Node node = Node.first(
                new NodeId(new UUID(0, number)), new AgentId(new UUID(1, 1)), draft, 1, MAY, Findings.UNSCANNED);
        return new ContextEntry(node, "Ada", false);
    }

    private static Packed pack(int budget, List<ContextEntry> ranked) {
        List<ContextPacking.Option> options = new ArrayList<>();
        for (int i = 0; i < ranked.size(); i++) {
            options.add(new ContextPacking.Option(new ContextPacking.Shown(i, ranked.get(i)), null, -i));
        }
        return packing(budget)
                .write(packing(budget).pick(options).stream().map(ranked::get).toList());
    }

    @Test
    void writesSessionsInTheOrderOfTimeUnderTheirDays() {
        List<ContextEntry> ranked = List.of(
                entry(3, "late", MAY.plusSeconds(86_400), "third"),
                entry(1, "early", MAY, "first"),
                entry(2, "early", MAY.plusSeconds(7_200), "second"));
        assertEquals("""
                4 May 2026
                Ada: first
                5 May
                Ada: second
                5 May
                Ada: third
                """, pack(100, ranked).text());
    }

    @Test
    void keepsSessionsTogetherThatTookPlaceAtTheSameTime() {
        List<ContextEntry> ranked = List.of(
                entry(1, "a", MAY, "one"),
                entry(2, "b", MAY.plusSeconds(1), "two"),
                entry(3, "a", MAY.plusSeconds(2), "three"),
                entry(4, null, MAY.plusSeconds(3), "four"));
        assertEquals("""
                4 May 2026
                Ada: one
                - three
                4 May
                Ada: two
                4 May
                Ada: four
                """, pack(100, ranked).text());
    }

    @Test
    void saysTheYearAgainWhereItIsAnother() {
        List<ContextEntry> ranked = List.of(
                entry(1, "a", MAY, "one"),
                entry(2, "b", MAY.plus(Duration.ofDays(300)), "two"),
                entry(3, "c", MAY.plus(Duration.ofDays(301)), "three"));
        assertEquals("""
                4 May 2026
                Ada: one
                28 February 2027
                Ada: two
                1 March
                Ada: three
                """, pack(100, ranked).text());
    }

    @Test
    void fillsTheRoomThatWhatIsSaidOnceLeaves() {
        List<ContextEntry> ranked = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ranked.add(entry(i, null, MAY.plusSeconds(i), "turn number " + i));
        }
        for (int budget = 10; budget < 120; budget++) {
            Packed packed = pack(budget, ranked);
            assertTrue(packed.tokens() <= budget, packed.text());
            assertTrue(packed.tokens() > budget - 5, packed.text());
        }
    }

    @Test
    void writesTheSameTextHoweverItWasRanked() {
        List<ContextEntry> ranked = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ranked.add(entry(i, "s" + i % 4, MAY.plusSeconds(i % 7), "content " + i));
        }
        String text = pack(1_000, ranked).text();
        Collections.shuffle(ranked, new Random(1));
        assertEquals(text, pack(1_000, ranked).text());
    }

    @Test
    void takesTheBestThatFit() {
        List<ContextEntry> ranked = List.of(
                entry(1, null, MAY, "best of all"),
                entry(2, null, MAY, "word ".repeat(50)),
                entry(3, null, MAY, "short one"));
        Packed packed = pack(10, ranked);
        assertEquals("4 May 2026\nAda: best of all\n- short one\n", packed.text());
        assertEquals(10, packed.tokens());
    }

    @Test
    void givesWhatIsLeftToTheWholeOfTheBest() {
        ContextEntry brief = entry(1, null, MAY, "three words here");
        ContextEntry whole = entry(1, null, MAY, "all of the words that there are here");
        List<ContextPacking.Option> options = List.of(
                new ContextPacking.Option(new ContextPacking.Shown(0, brief), new ContextPacking.Shown(1, whole), 2),
                new ContextPacking.Option(new ContextPacking.Shown(2, entry(2, null, MAY, "another one")), null, 1));
        assertEquals(List.of(0, 2), packing(11).pick(options));
        assertEquals(List.of(1, 2), packing(30).pick(options));
    }

    @Test
    void prefersTheShorterOfTwoThatMatterAlike() {
        List<ContextEntry> ranked =
                List.of(entry(1, null, MAY, "word ".repeat(12)), entry(2, null, MAY, "word ".repeat(6)));
        List<ContextPacking.Option> options = List.of(
                new ContextPacking.Option(new ContextPacking.Shown(0, ranked.get(0)), null, 1.01),
                new ContextPacking.Option(new ContextPacking.Shown(1, ranked.get(1)), null, 1));
        assertEquals(List.of(1), packing(12).pick(options));
    }

    @Test
    void givesNothingWhereNothingFits() {
        assertEquals(new Packed("", List.of(), 0), pack(1, List.of(entry(1, null, MAY, "too long for that"))));
        assertEquals(new Packed("", List.of(), 0), pack(100, List.of()));
    }

    @Test
    void neverExceedsItsBudget() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            List<ContextEntry> ranked = new ArrayList<>();
            for (int i = 0; i < random.nextInt(60); i++) {
                ranked.add(entry(
                        i,
                        random.nextInt(3) == 0 ? null : "s" + random.nextInt(9),
                        MAY.plusSeconds(random.nextInt(1_000_000)),
                        "word ".repeat(1 + random.nextInt(20))));
            }
            int budget = 1 + random.nextInt(200);
            Packed packed = pack(budget, ranked);
            assertTrue(packed.tokens() <= budget);
            assertEquals(tokens(packed.text()), packed.tokens());
        }
    }
}

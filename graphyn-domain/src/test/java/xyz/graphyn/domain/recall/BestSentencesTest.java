package xyz.graphyn.domain.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import xyz.graphyn.domain.memory.Span;

class BestSentencesTest {
    private static final String FILLER = "This is a sentence that says nothing of it. ";

    private static List<FoundWord> words(String content, String word) {
        List<FoundWord> found = new ArrayList<>();
        for (int at = content.indexOf(word); at >= 0; at = content.indexOf(word, at + 1)) {
            found.add(new FoundWord(at, at + word.length(), word));
        }
        return found;
    }

    private static Optional<String> best(String content, int tokens, String word, Span... likely) {
        return BestSentences.of(content, tokens, words(content, word), Map.of(word, 1.0), List.of(likely))
                .map(span -> content.substring(span.start(), span.end()));
    }

    @Test
    void keepsAShortContentAsItIs() {
        assertEquals(Optional.empty(), best("Zebras are striped. " + FILLER, 20, "Zebras"));
    }

    @Test
    void choosesTheSentenceWithTheWordsAndOneBesideIt() {
        String content = FILLER.repeat(10) + "My favourite animal is the zebra. " + FILLER.repeat(10);
        String best = best(content, 210, "zebra").orElseThrow();
        assertTrue(best.startsWith("My favourite animal is the zebra. "));
        assertTrue(best.length() > 60 && best.length() < 400);
    }

    @Test
    void growsBackWhereTheContentEnds() {
        String content = FILLER.repeat(20) + "My favourite animal is the zebra.";
        String best = best(content, 210, "zebra").orElseThrow();
        assertTrue(best.endsWith("nothing of it. My favourite animal is the zebra."));
    }

    @Test
    void goesByLikelyPassagesWhereNoWordHelps() {
        String content = FILLER.repeat(10) + "Its stripes confuse the flies, they say. " + FILLER.repeat(10);
        int at = content.indexOf("Its stripes");
        assertTrue(
                best(content, 210, "zebra", new Span(at, at + 40)).orElseThrow().startsWith("Its stripes"));
    }

    @Test
    void passesOverWhatSaysLittle() {
        String content = FILLER.repeat(8) + "Zebra, of course. " + FILLER.repeat(8) + "A zebra is what I mean by that. "
                + FILLER.repeat(8);
        assertTrue(best(content, 260, "zebra").orElseThrow().startsWith("A zebra is"));
    }

    @Test
    void chosesAPartOfAnyContent() {
        Random random = new Random(5);
        for (int round = 0; round < 300; round++) {
            StringBuilder made = new StringBuilder();
            int length = 1 + random.nextInt(3_000);
            while (made.length() < length) {
                made.append(
                        switch (random.nextInt(8)) {
                            case 0 -> ". ";
                            case 1 -> "\n";
                            case 2 -> "!";
                            default -> "zebra ".repeat(1 + random.nextInt(9));
                        });
            }
            String content = made.toString();
            BestSentences.of(
                            content, 1 + content.length() / 4, words(content, "zebra"), Map.of("zebra", 1.0), List.of())
                    .ifPresent(span -> assertTrue(
                            span.start() >= 0 && span.start() < span.end() && span.end() <= content.length()));
        }
    }
}

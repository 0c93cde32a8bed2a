package xyz.graphyn.domain.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MentionedNamesTest {
    private static List<String> certain(String text) {
        return MentionedNames.in(text).certain();
    }

    private static List<String> possible(String text) {
        return MentionedNames.in(text).possible();
    }

    @Test
    void findsRunsOfCapitalsWithinASentence() {
        assertEquals(
                List.of("Ada Lovelace", "Tim", "University of Graz"),
                certain("Yesterday I met Ada Lovelace and Tim at the University of Graz."));
        assertEquals(List.of("Ludwig van Beethoven"), certain("We heard Ludwig van Beethoven's ninth."));
        assertEquals(List.of("Lord of the Rings", "Łódź"), certain("We saw Lord of the Rings in Łódź."));
        assertEquals(List.of("Smith"), certain("I asked Dr. Smith again."));
        assertEquals(List.of("Ada", "Graz"), certain("we saw Ada's Graz"));
        assertEquals(List.of("UC Berkeley"), certain("she studies at UC Berkeley now"));
    }

    @Test
    void findsNoneInWordsThatAreNoNames() {
        assertEquals(List.of(), certain("I think I'll be back on Monday in May, OK?"));
        assertEquals(List.of(), certain("it was GREAT, and LOUD"));
        assertEquals(List.of(), certain("# Define Your Project Scope and Goals"));
        assertEquals(List.of(), certain("run `new Date()` or\n```\nclass Main extends Base {}\n```"));
        assertEquals(List.of(), certain(""));
        assertEquals(List.of(), certain("no word, 東京も見つからない 🎈"));
    }

    @Test
    void takesTheBeginningOfASentenceForANameOnlyIfItIsKnown() {
        assertEquals(List.of("Paris"), certain("Ada said so. Visited Paris? Great!"));
        assertEquals(List.of("Ada"), possible("Ada said so."));
        assertEquals(List.of("Eiffel Tower"), certain("The Eiffel Tower is tall."));
        assertEquals(List.of("Mel"), certain("Hey Mel! Good to see you."));
        assertEquals(List.of("New York"), possible("New York is far."));
        assertEquals(List.of("Rome", "Paris"), certain("I asked \"Paris or Rome\"? In Paris, then."));
        assertEquals(List.of(), possible("Thanks! Sorry. Yes."));
    }

    @Test
    void namesNothingThatIsHidden() {
        MentionedNames names = MentionedNames.in("Ask [PERSON] and [EMAIL]#2 in Paris, or [IBAN].");
        assertEquals(List.of("Paris"), names.certain());
        assertEquals(
                List.of(),
                names.possible().stream().filter(name -> !name.equals("Ask")).toList());
    }

    @Test
    void findsAFewInAnyText() {
        String list = IntStream.range(0, 100).mapToObj(i -> "met Name" + i).collect(Collectors.joining(" and "));
        assertEquals(MentionedNames.MOST, certain(list).size());
        assertEquals(
                MentionedNames.MOST,
                MentionedNames.in(list).certain().stream().distinct().count());
        assertTrue(certain("we met " + "Abcdefghij".repeat(10)).isEmpty());
        assertTrue(MentionedNames.in("A a ".repeat(300_000)).certain().size() <= MentionedNames.MOST);
    }

    @Test
    void comparesNamesWithoutCaseAndAccents() {
        assertEquals(MentionedNames.folded("JOSÉ  García"), MentionedNames.folded("José Garcia"));
        assertEquals("o'neil", MentionedNames.folded("O\u2019Neil"));
    }
}

package xyz.graphyn.adapter.recall.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xyz.graphyn.adapter.recall.index.RecallIndexContract.AGENT;
import static xyz.graphyn.adapter.recall.index.RecallIndexContract.id;
import static xyz.graphyn.adapter.recall.index.RecallIndexContract.query;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import xyz.graphyn.adapter.recall.embedding.EmbedderConfiguration;
import xyz.graphyn.adapter.recall.embedding.Embedders;
import xyz.graphyn.adapter.recall.embedding.QuestionEmbedder;
import xyz.graphyn.adapter.recall.message.JacksonMessageReader;
import xyz.graphyn.application.recall.Ranking.Hit;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.Message;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.domain.memory.Span;

/** What each signal is for, on a small conversation. */
class RankingTest {
    private static final QuestionEmbedder EMBEDDER =
            Embedders.open(EmbedderConfiguration.local(1)).orElseThrow();

    private final JacksonMessageReader messages = new JacksonMessageReader();
    private final GivenChanges changes = new GivenChanges();
    private final LuceneRecallIndex byWords = index(Optional.empty());
    private final LuceneRecallIndex byMeaning = index(Optional.of(EMBEDDER));
    private int told;

    private LuceneRecallIndex index(Optional<QuestionEmbedder> embedder) {
        return new LuceneRecallIndex(changes, messages, embedder, 64 << 20, 1, 10);
    }

    @AfterEach
    void closeIndexes() {
        byWords.close();
        byMeaning.close();
    }

    @AfterAll
    static void closeEmbedder() {
        EMBEDDER.close();
    }

    private void said(String day, String role, String name, String text) {
        int number = ++told;
        Instant at = Instant.parse(day + "T10:00:00Z").plusSeconds(number);
        String speaker = name.isEmpty() ? role : name;
        Node node = new Node(
                id(number),
                AGENT.agent(),
                Message.TYPE,
                text,
                List.of(),
                messages.properties(new Message(role, name.isEmpty() ? null : name, text)),
                number,
                day,
                null,
                null,
                null,
                at,
                at,
                at,
                Findings.UNSCANNED);
        byte[] vector = EMBEDDER.embed(List.of(speaker + ": " + text)).getFirst();
        changes.put(
                AGENT,
                new RememberedNode(
                        node,
                        Optional.of(new Embedding(
                                EMBEDDER.model(),
                                List.of(new Embedding.Passage(new Span(0, text.length()), vector))))));
    }

    private Hit best(LuceneRecallIndex index, String question) {
        return index.search(AGENT, query(question)).hits().getFirst();
    }

    private void assertBest(int number, String signal, LuceneRecallIndex index, String question) {
        Hit best = best(index, question);
        assertEquals(id(number), best.node(), question);
        assertTrue(best.signals().containsKey(signal), best.signals()::toString);
    }

    private double share(int number, String signal, String question) {
        return byWords.search(AGENT, query(question)).hits().stream()
                .filter(hit -> hit.node().equals(id(number)))
                .findFirst()
                .orElseThrow()
                .signals()
                .getOrDefault(signal, 0.0);
    }

    @Test
    void findsAnAnswerThatRepeatsNoWordOfItsQuestion() {
        said("2026-01-05", "user", "Mara", "Which instrument did you pick for the orchestra?");
        said("2026-01-05", "user", "Tobin", "The oboe, after a week of doubt.");
        said("2026-01-09", "user", "Mara", "The kettle is broken again.");
        said("2026-01-09", "user", "Tobin", "I will bring mine along.");

        List<Hit> hits = byWords.search(AGENT, query("orchestra instrument")).hits();

        assertEquals(id(1), hits.get(0).node());
        assertEquals(id(2), hits.get(1).node());
        assertTrue(hits.get(1).signals().containsKey("words"));
        assertEquals(List.of(), hits.get(1).terms());
    }

    @Test
    void prefersWhoWasNamedHoweverTheNameIsSpelled() {
        said("2026-01-05", "user", "Mara", "I adopted a puppy.");
        said("2026-01-05", "user", "Tobin", "I adopted a puppy.");

        assertBest(2, "speaker", byWords, "What did Tobin adopt?");
        assertBest(2, "speaker", byWords, "What did Tobyn adopt?");
        assertBest(1, "speaker", byWords, "Whom did Mara adopt?");
        assertFalse(best(byWords, "What did Mara and Tobin adopt?").signals().containsKey("speaker"));
    }

    @Test
    void takesTheFirstOfTwoForTheSubject() {
        said("2026-01-05", "user", "Mara", "The present was a kite.");
        said("2026-01-05", "user", "Tobin", "The present was a kite.");

        assertBest(1, "subject", byWords, "Which present did Mara buy for Tobin?");
        assertBest(2, "subject", byWords, "Which present did Tobin buy for Mara?");
        assertEquals(0, share(1, "subject", "Which present did Mara and Tobin buy?"));
    }

    @Test
    void learnsWhatTheTwoCallEachOther() {
        for (int i = 0; i < 3; i++) {
            said("2026-01-0" + (i + 1), "user", "Mara", "Hi Bear, how are you?");
        }
        said("2026-01-04", "user", "Tobin", "I sold the boat.");
        said("2026-01-04", "user", "Mara", "I sold the boat.");

        assertBest(4, "speaker", byWords, "What did Bear sell?");
    }

    @Test
    void prefersTheDayThatWasNamed() {
        said("2026-01-05", "user", "Mara", "We went to the museum.");
        said("2026-03-17", "user", "Mara", "We went to the museum.");
        said("2026-05-02", "user", "Mara", "We went to the museum.");

        assertBest(2, "date", byWords, "What was said of the museum on 17 March 2026?");
        assertBest(1, "date", byWords, "What was said of the museum in January?");
        assertBest(3, "date", byWords, "What was said of the museum in May?");
        assertBest(3, "date", byWords, "What was said of the museum on 2026-05-01?");
        assertEquals(0, share(3, "date", "What may the museum cost?"));
    }

    @Test
    void prefersWhatTellsTimeNumbersAndNamesWhereTheyAreAskedFor() {
        said("2026-01-05", "user", "Mara", "The roof was repaired yesterday.");
        said("2026-01-05", "user", "Mara", "The roof took 14 tiles.");
        said("2026-01-05", "user", "Mara", "The roof was done by Ferrante.");

        assertTrue(share(1, "time", "When was the roof repaired?") > 0);
        assertEquals(0, share(3, "time", "When was the roof repaired?"));
        assertTrue(share(2, "number", "How many tiles were there?") > 0);
        assertEquals(0, share(3, "number", "How many tiles were there?"));
        assertTrue(share(3, "name", "Who did the roof?") > 0);
        assertEquals(0, share(1, "name", "Who did the roof?"));
        assertEquals(0, share(1, "time", "Was the roof repaired?"));
    }

    @Test
    void putsWhatTheUserSaidBeforeWhatTheAssistantMadeOfIt() {
        said("2026-01-05", "user", "", "My budget for the kitchen is small.");
        said("2026-01-05", "assistant", "", "Your budget for the kitchen is small.");
        said("2026-01-06", "user", "", "I always want answers as lists.");

        assertEquals(id(1), best(byWords, "kitchen budget").node());
        assertTrue(share(2, "advice", "What did you say about the kitchen budget?") > 0);
        assertTrue(share(3, "preference", "Tell me about paint.") > 0);
    }

    @Test
    void findsWhatMeansTheSameInOtherWords() {
        said("2026-01-05", "user", "Mara", "My daughter came into the world on Sunday.");
        said("2026-01-06", "user", "Mara", "The printer is out of toner.");
        said("2026-01-07", "user", "Mara", "Parking costs four euros an hour.");

        assertBest(1, "meaning", byMeaning, "birth of a child");
        assertTrue(best(byMeaning, "birth of a child").signals().containsKey("meaning"));
    }

    @Test
    void findsWhatSomebodySaidOfHerselfWhenAskedAboutHer() {
        said("2026-01-05", "user", "Mara", "I got a job at the bakery!");
        said("2026-01-05", "user", "Tobin", "How lovely.");
        said("2026-02-05", "user", "Tobin", "Mara is great company.");

        assertBest(1, "meaning", byMeaning, "Where does Mara earn her living?");
    }

    @Test
    void answersByWordsOfWhatHasNoVectorYet() {
        said("2026-01-05", "user", "Mara", "The printer is out of toner.");
        changes.put(AGENT, RecallIndexContract.fact(9, "The sundial stands in the orchard."));

        assertBest(9, "words", byMeaning, "Where is the sundial?");
    }
}

package xyz.graphyn.adapter.recall.tokens;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.EncodingType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.usage.TokenCounter;

class JtokkitTokenizersTest {
    private static final int MEGABYTE = 1_000_000;

    private final JtokkitTokenizers tokenizers = new JtokkitTokenizers();
    private final TokenCounter usual = tokenizers.usual();

    @Test
    void countsAsTheModelDoes() {
        assertEquals("o200k_base", usual.tokenizer());
        assertTrue(usual.isMeasured());
        assertEquals(0, usual.count(""));
        assertEquals(2, usual.count("Hello world"));
        assertEquals(1, usual.count(" "));
    }

    @Test
    void takesMarksOfTheVocabularyForText() {
        assertTrue(usual.count("<|endoftext|>") > 1);
    }

    @Test
    void knowsTheVocabularyOfEachModel() {
        for (String model : List.of(
                "gpt-4o",
                "gpt-4o-mini-2024-07-18",
                "gpt-4.1",
                "gpt-5",
                "o1",
                "o3-mini",
                "OpenAI/gpt-4o",
                "ft:gpt-4o:acme")) {
            assertEquals("o200k_base", tokenizers.of(model).tokenizer(), model);
            assertTrue(tokenizers.of(model).isMeasured(), model);
        }
        for (String model : List.of("gpt-4", "gpt-4-turbo", "gpt-4-0613", "gpt-3.5-turbo", "text-embedding-3-small")) {
            assertEquals("cl100k_base", tokenizers.of(model).tokenizer(), model);
            assertTrue(tokenizers.of(model).isMeasured(), model);
        }
    }

    @Test
    void saysThatItOnlyEstimatesOthers() {
        for (String model :
                List.of("claude-opus-4-5", "gemini-3-pro", "llama-4", "mistral-large", "", "我的模型", "x".repeat(200))) {
            TokenCounter counter = tokenizers.of(model);
            assertFalse(counter.isMeasured(), model);
            assertEquals(usual.count("A few words of text."), counter.count("A few words of text."));
        }
    }

    @Test
    void countsLongTextsInPiecesAsIfTheyWereWhole() {
        String text = "Some words, 12 numbers; and \"more\" words in a row\n\n  with gaps.\t".repeat(4_000);

        assertEquals(
                Encodings.newLazyEncodingRegistry()
                        .getEncoding(EncodingType.O200K_BASE)
                        .countTokensOrdinary(text),
                usual.count(text));
    }

    @Test
    void countsAMegabyteOfAnythingInTimeThatItsLengthTells() {
        for (String hostile :
                List.of("a", "A", " ", "\n", "1", "-", "Aa", "\u0301", "🦄", "海", "\ud800", "'s", " \n")) {
            String text = hostile.repeat(MEGABYTE / hostile.length());
            // Some 100 times what it takes: this finds what grows with the square, not a slow machine.
            int count = assertTimeout(Duration.ofSeconds(60), () -> usual.count(text), hostile);
            assertTrue(count > 0, hostile);
        }
    }
}

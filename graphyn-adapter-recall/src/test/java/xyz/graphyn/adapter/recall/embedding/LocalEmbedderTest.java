package xyz.graphyn.adapter.recall.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.memory.Embedder;

class LocalEmbedderTest {
    private static final LocalEmbedder EMBEDDER = new LocalEmbedder(2);

    @AfterAll
    static void close() {
        EMBEDDER.close();
    }

    @Test
    void bringsTextsOfLikeMeaningTogether() {
        List<byte[]> vectors = EMBEDDER.embed(
                List.of("My daughter was born last week.", "We have a new baby girl.", "The printer is out of toner."));

        assertEquals(384, vectors.getFirst().length);
        float like = Vectors.similarity(vectors.get(0), vectors.get(1));
        float unlike = Vectors.similarity(vectors.get(0), vectors.get(2));
        assertTrue(like > unlike + 0.1, like + " and " + unlike);
    }

    @Test
    void givesATextTheSameVectorInAnyCompany() throws Exception {
        byte[] alone = EMBEDDER.embed(List.of("A walk by the sea.")).getFirst();
        assertEquals(1, Vectors.similarity(alone, alone), 0.02);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<byte[]>>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(callers.submit(() ->
                        EMBEDDER.embed(List.of("Something else, and quite a bit longer too.", "A walk by the sea."))));
            }
            for (Future<List<byte[]>> answer : answers) {
                assertArrayEquals(alone, answer.get().get(1));
            }
        }
        assertArrayEquals(alone, EMBEDDER.embedQuestion("A walk by the sea."));
    }

    @Test
    void takesAnyText() {
        for (String text : List.of("", " ", "🦄", "\ud800", "海".repeat(1_000), "x".repeat(100_000), "\u0000\u0301")) {
            assertEquals(384, EMBEDDER.embedQuestion(text).length);
        }
    }

    @Test
    void refusesRatherThanLettingTooMuchWait() throws Exception {
        List<String> batch = Collections.nCopies(Embedder.MAX_BATCH, "word ".repeat(200));
        assertThrows(
                IllegalArgumentException.class, () -> EMBEDDER.embed(Collections.nCopies(Embedder.MAX_BATCH + 1, "x")));
        try (LocalEmbedder slow = new LocalEmbedder(1);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> waiting = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                waiting.add(callers.submit(() -> slow.embed(batch)));
            }
            boolean refused = false;
            for (Future<?> each : waiting) {
                try {
                    each.get(1, java.util.concurrent.TimeUnit.MILLISECONDS);
                } catch (java.util.concurrent.TimeoutException e) {
                    each.cancel(true);
                } catch (java.util.concurrent.ExecutionException e) {
                    refused |= e.getCause() instanceof Refusal.Unavailable;
                }
            }
            assertTrue(refused);
        }
    }
}

package xyz.graphyn.application.masking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.UseCases;
import xyz.graphyn.application.computing.ComputePool;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Recognizer;
import xyz.graphyn.domain.masking.Recognizers;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.masking.SimpleRecognizers;

/** On whose threads texts are searched. */
class SearchThreadsTest {
    private static final Executor REQUESTS = Thread::startVirtualThread;

    private final UseCases graphyn = new UseCases();
    private final Set<Boolean> virtual = ConcurrentHashMap.newKeySet();
    private final ComputePool pool = new ComputePool(ComputePool.Limits.of(1));
    private final SensitiveData data = new SensitiveData(new Detector(new Watched()), graphyn.currentSettings, pool);

    @AfterEach
    void close() {
        pool.close();
    }

    private final class Watched implements Recognizers {
        private final Recognizers simple = new SimpleRecognizers();

        @Override
        public int version() {
            return simple.version();
        }

        @Override
        public Recognizer with(DetectionRules rules) {
            Recognizer recognizer = simple.with(rules);
            return (passage, hits) -> {
                virtual.add(Thread.currentThread().isVirtual());
                recognizer.search(passage, hits);
            };
        }
    }

    private <T> T requested(Supplier<T> request) {
        virtual.clear();
        return CompletableFuture.supplyAsync(request, REQUESTS).join();
    }

    /** An event with that many characters in all. */
    private static EventDraft event(int characters) {
        String around = "{\"a\":\"ada@example.com \"}";
        int fill = characters - "message".length() - around.length();
        return new EventDraft(
                "message", new Json("{\"a\":\"ada@example.com " + "x".repeat(fill) + "\"}"), null, null, null);
    }

    @Test
    void searchesShortTextsWhereTheyAre() {
        Findings found = requested(() -> data.in(graphyn.acme, event(SensitiveData.SHORT)));
        assertEquals(Set.of(true), virtual);
        assertEquals(1, found.count());
    }

    @Test
    void searchesLongTextsOnThreadsThatAreNoCarriers() {
        Findings found = requested(() -> data.in(graphyn.acme, event(SensitiveData.SHORT + 1)));
        assertEquals(Set.of(false), virtual);
        assertEquals(1, found.count());
    }

    @Test
    void countsAllThatARequestBrings() {
        List<EventDraft> drafts =
                IntStream.range(0, 20).mapToObj(i -> event(1_000)).toList();
        assertEquals(
                20, requested(() -> data.inEventDrafts(graphyn.acme, drafts)).size());
        assertEquals(Set.of(false), virtual);
        requested(() -> data.inEventDrafts(graphyn.acme, drafts.subList(0, 16)));
        assertEquals(Set.of(true), virtual);
    }

    @Test
    void previewsLongPayloadsThereToo() {
        PreviewMasking preview = new PreviewMasking(graphyn.currentSettings, new Detector(new Watched()), data);
        assertEquals(
                1,
                requested(() -> preview.preview(graphyn.ada, event(100_000).payload()))
                        .findings()
                        .size());
        assertEquals(Set.of(false), virtual);
    }

    @Test
    void searchesForTheBackgroundOnItsOwnThread() {
        virtual.clear();
        data.in(graphyn.acme, event(100_000));
        assertEquals(Set.of(false), virtual);
        assertFalse(Thread.currentThread().isVirtual());
        pool.close();
        assertTrue(
                data.in(graphyn.acme, Samples.profile("after the end"), "ada").isEmpty());
        assertEquals(1, data.in(graphyn.acme, event(100_000)).count());
    }
}

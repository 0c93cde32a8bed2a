package xyz.graphyn.application.computing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xyz.graphyn.application.access.Refusal;

@Timeout(30)
class ComputePoolTest {
    private final ExecutorService requests = Executors.newVirtualThreadPerTaskExecutor();
    private final ComputePool pool = new ComputePool(new ComputePool.Limits(2, 1, Duration.ofMillis(50)));
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(2);

    @AfterEach
    void close() {
        mayEnd.countDown();
        requests.shutdownNow();
        pool.close();
    }

    private <T> CompletableFuture<T> request(Supplier<T> work) {
        return CompletableFuture.supplyAsync(() -> pool.run(work), requests);
    }

    private static Throwable cause(CompletableFuture<?> request) {
        return Objects.requireNonNull(
                assertThrows(CompletionException.class, request::join).getCause());
    }

    private String busy() {
        begun.countDown();
        await(mayEnd);
        return "done";
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void computesOnThreadsOfItsOwnThatAreNoVirtualOnes() {
        Thread computing = request(Thread::currentThread).join();
        assertFalse(computing.isVirtual());
        assertTrue(computing.getName().startsWith("compute-"), computing::getName);
    }

    @Test
    void letsThoseComputeForThemselvesWhoHoldNobodyUp() {
        assertSame(Thread.currentThread(), pool.run(Thread::currentThread));
        List<Thread> nested = request(() -> List.of(Thread.currentThread(), pool.run(Thread::currentThread)))
                .join();
        assertSame(nested.get(0), nested.get(1));
    }

    @Test
    void neverComputesMoreAtOnceThanItHasThreads() {
        try (ComputePool two = new ComputePool(new ComputePool.Limits(2, 100, Duration.ofSeconds(10)))) {
            AtomicInteger now = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            List<CompletableFuture<Integer>> all = IntStream.range(0, 60)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> two.run(() -> {
                                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                                Thread.onSpinWait();
                                now.decrementAndGet();
                                return i;
                            }),
                            requests))
                    .toList();
            assertEquals(
                    IntStream.range(0, 60).boxed().toList(),
                    all.stream().map(CompletableFuture::join).toList());
            assertTrue(most.get() <= 2, most::toString);
        }
    }

    @Test
    void refusesOnlyWhatFindsTheQueueFullForTooLong() {
        List<CompletableFuture<String>> taken = List.of(request(this::busy), request(this::busy));
        await(begun);
        CountDownLatch refused = new CountDownLatch(2);
        List<CompletableFuture<Boolean>> more = Stream.generate(() -> request(() -> "more")
                        .handle((done, why) -> {
                            if (why != null && why.getCause() instanceof Refusal.Unavailable) {
                                refused.countDown();
                            }
                            return why == null;
                        }))
                .limit(3)
                .toList();
        await(refused);
        assertFalse(taken.getFirst().isDone(), "nobody is given up who has a place");
        mayEnd.countDown();
        assertEquals(
                List.of("done", "done"),
                taken.stream().map(CompletableFuture::join).toList());
        assertEquals(1, more.stream().filter(CompletableFuture::join).count(), "there was room for one to wait");
        assertEquals("again", request(() -> "again").join(), "a place that was refused is not lost");
    }

    @Test
    void givesBackThePlaceOfWhatFails() {
        for (int i = 0; i < 10; i++) {
            assertEquals(
                    "java.lang.IllegalArgumentException: no",
                    cause(request(() -> {
                                throw new IllegalArgumentException("no");
                            }))
                            .toString());
            assertInstanceOf(StackOverflowError.class, cause(request(() -> {
                throw new StackOverflowError();
            })));
        }
        assertEquals("yes", request(() -> "yes").join());
    }

    @Test
    void finishesWhatItTookAndTakesNoMoreWhenItCloses() {
        List<CompletableFuture<String>> under = List.of(request(this::busy), request(this::busy));
        await(begun);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(pool::close, requests);
        assertFalse(closing.isDone());
        mayEnd.countDown();
        closing.join();
        assertEquals(
                List.of("done", "done"),
                under.stream().map(CompletableFuture::join).toList());
        assertInstanceOf(Refusal.Unavailable.class, cause(request(() -> "late")));
    }
}

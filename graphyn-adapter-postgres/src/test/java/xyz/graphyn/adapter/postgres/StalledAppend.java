package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.RecordedEvent;

/**
 * Holds an appender up in the middle of a transaction, so that a test decides what is gathered behind it. What is sent
 * meanwhile is in the lane, in the order of sending, when {@link #send} returns.
 */
final class StalledAppend implements AutoCloseable {
    private final CountDownLatch go = new CountDownLatch(1);
    private final Call<List<RecordedEvent>> first;
    private final List<Call<?>> calls = new ArrayList<>();

    /** One call, on a thread of its own. */
    static final class Call<T> {
        private final CompletableFuture<T> outcome = new CompletableFuture<>();
        private final Thread thread;

        private Call(Supplier<T> work) {
            thread = Thread.startVirtualThread(() -> {
                try {
                    outcome.complete(work.get());
                } catch (Throwable failure) {
                    outcome.completeExceptionally(failure);
                }
            });
        }

        T answer() {
            return outcome.join();
        }

        <X extends Throwable> X failure(Class<X> kind) {
            CompletionException failed = assertThrows(CompletionException.class, outcome::join);
            return assertInstanceOf(kind, failed.getCause());
        }

        boolean isAnswered() {
            return outcome.isDone();
        }

        void interrupt() {
            thread.interrupt();
        }

        /** Until it waits for its answer, or has it. */
        private void awaitWaiting() {
            while (thread.getState() != Thread.State.TIMED_WAITING && !outcome.isDone()) {
                Thread.onSpinWait();
            }
        }
    }

    /** @param within done in the transaction of {@code batch}, before it goes on */
    StalledAppend(Appender appender, EventBatch batch, Runnable within) {
        CountDownLatch stalled = new CountDownLatch(1);
        EventBatch held = new EventBatch(batch.agent(), batch.events(), batch.receivedAt(), outcome -> {
            stalled.countDown();
            await(go);
            within.run();
            return batch.audit().apply(outcome);
        });
        first = new Call<>(() -> appender.recordEvents(held));
        await(stalled);
    }

    Call<List<RecordedEvent>> first() {
        return first;
    }

    <T> Call<T> send(Supplier<T> call) {
        Call<T> sent = new Call<>(call);
        calls.add(sent);
        sent.awaitWaiting();
        return sent;
    }

    void goOn() {
        go.countDown();
    }

    /** Ends it all, whatever the outcomes. */
    @Override
    public void close() {
        goOn();
        calls.add(first);
        calls.forEach(call -> call.outcome.handle((answer, failure) -> true).join());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}

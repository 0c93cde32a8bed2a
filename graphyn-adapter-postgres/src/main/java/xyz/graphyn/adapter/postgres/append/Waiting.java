package xyz.graphyn.adapter.postgres.append;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.append.Deed.Outcome;
import xyz.graphyn.adapter.postgres.gathering.Gathering;

/** A deed in its lane, and who waits for its answer. */
final class Waiting<T> implements Gathering.Work {
    private final Deed<T> deed;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    Waiting(Deed<T> deed) {
        this.deed = deed;
    }

    Deed<T> deed() {
        return deed;
    }

    @Override
    public int rows() {
        return deed.rows();
    }

    @Override
    public long size() {
        return deed.size();
    }

    @Override
    public void fail(Throwable why) {
        answer(new Outcome.Failed(why));
    }

    /** Does nothing if it was answered before. */
    @SuppressWarnings("unchecked") // Each deed is answered with its own type: see Group.
    void answer(Outcome outcome) {
        switch (outcome) {
            case Outcome.Done(var value) -> answer.complete((T) value);
            case Outcome.Failed(var why) -> answer.completeExceptionally(why);
        }
    }

    boolean isAnswered() {
        return answer.isDone();
    }

    /** @throws TimeoutException if there is no answer in time */
    T await(long millis) throws InterruptedException, TimeoutException {
        try {
            return answer.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw unchecked(failed.getCause());
        }
    }

    /** For as long as it takes: for a deed that is being done, which ends within the times that the database is given. */
    T await() throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            throw unchecked(failed.getCause());
        }
    }

    private static RuntimeException unchecked(@Nullable Throwable why) {
        return switch (why) {
            case RuntimeException failure -> failure;
            case Error failure -> throw failure;
            case null, default -> new IllegalStateException(why);
        };
    }
}

package xyz.graphyn.adapter.http.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import xyz.graphyn.adapter.http.stream.Backlog.Outcome;

class BacklogTest {
    private static final int LIMIT = 1_000;

    private final Backlog backlog = new Backlog(LIMIT);

    private static List<Chunk> chunk(int bytes) {
        return List.of(new Chunk(new byte[bytes], 1));
    }

    @Test
    void callsSomeoneOnlyWhenNobodyIsAtWork() {
        assertEquals(Outcome.WAKE, backlog.offer(chunk(1), false));
        assertEquals(Outcome.TAKEN, backlog.offer(chunk(2), false));
        List<Backlog.Entry> taken = backlog.take(100);
        assertEquals(2, taken.size());
        assertEquals(Outcome.TAKEN, backlog.offer(chunk(3), false));
        assertTrue(backlog.written(taken), "there is more");
        assertFalse(backlog.written(backlog.take(100)), "that was all");
        assertEquals(Outcome.WAKE, backlog.offer(chunk(4), false));
    }

    @Test
    void handsOutAboutAsMuchAsIsAskedFor() {
        for (int i = 0; i < 5; i++) {
            backlog.offer(chunk(10), false);
        }
        assertEquals(2, backlog.take(15).size());
        assertEquals(1, backlog.take(1).size());
        assertEquals(2, backlog.take(1_000).size());
    }

    @Test
    void takesNoMoreWhenTheClientHasTooMuch() {
        backlog.offer(chunk(5 * LIMIT), false);
        assertEquals(Outcome.TAKEN, backlog.offer(chunk(LIMIT + 1), false), "what is next doesn't count");
        assertEquals(Outcome.TOO_MUCH, backlog.offer(chunk(1), false));
        assertEquals(Outcome.CLOSED, backlog.offer(chunk(1), false), "nothing comes behind what is missing");
        assertEquals(List.of(), backlog.take(1), "nor does what was before it");
    }

    @Test
    void calledForAFarewellAlsoWhenNothingWaits() {
        backlog.offer(chunk(1), false);
        List<Backlog.Entry> last = backlog.take(100);
        backlog.close();
        assertFalse(backlog.nudge(), "someone is at work");
        assertTrue(backlog.written(last), "who then comes back to look");
    }

    @Test
    void countsWhatWasHandedOut() {
        backlog.offer(chunk(1), false);
        backlog.offer(chunk(LIMIT + 1), false);
        backlog.take(2);
        assertEquals(Outcome.TOO_MUCH, backlog.offer(chunk(1), false));
    }

    @Test
    void forgetsWhatWasWritten() {
        backlog.offer(chunk(1), false);
        backlog.offer(chunk(LIMIT + 1), false);
        backlog.written(backlog.take(2));
        assertEquals(Outcome.WAKE, backlog.offer(chunk(1), false));
    }

    @Test
    void doesNotCountWhatRoomWasPromisedFor() throws InterruptedException {
        assertTrue(backlog.awaitRoom());
        backlog.offer(chunk(5 * LIMIT), true);
        assertEquals(Outcome.TAKEN, backlog.offer(chunk(LIMIT), false));
        assertEquals(Outcome.TAKEN, backlog.offer(chunk(1), false));
        assertEquals(Outcome.TOO_MUCH, backlog.offer(chunk(1), false));
    }

    @Test
    void promisesRoomWhenAlmostEverythingIsRead() throws Exception {
        backlog.offer(chunk(LIMIT / 2), false);
        CompletableFuture<Boolean> room = CompletableFuture.supplyAsync(this::awaitRoom);
        List<Backlog.Entry> taken = backlog.take(LIMIT);
        assertFalse(room.isDone());
        backlog.written(taken);
        assertTrue(room.get(10, TimeUnit.SECONDS));
    }

    @Test
    void promisesOnlyAFewAtATime() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertTrue(backlog.awaitRoom());
        }
        CompletableFuture<Boolean> third = CompletableFuture.supplyAsync(this::awaitRoom);
        backlog.offer(List.of(), true);
        assertTrue(third.get(1, TimeUnit.SECONDS), "a promise was kept, although nothing came of it");
    }

    @Test
    void goesOnAfterPromisesThatNobodyTookUp() throws Exception {
        for (int i = 0; i < 2; i++) {
            assertTrue(backlog.awaitRoom());
        }
        assertTrue(CompletableFuture.supplyAsync(this::awaitRoom).get(20, TimeUnit.SECONDS));
    }

    @Test
    void endsTheWaitWhenItIsOver() throws Exception {
        backlog.offer(chunk(LIMIT), false);
        CompletableFuture<Boolean> room = CompletableFuture.supplyAsync(this::awaitRoom);
        backlog.discard();
        assertFalse(room.get(10, TimeUnit.SECONDS));
        assertEquals(Outcome.CLOSED, backlog.offer(chunk(1), false));
        assertTrue(backlog.awaitAndTake(100, TimeUnit.MINUTES.toNanos(1)).isEmpty());
    }

    @Test
    void handsOutWhatWaitsAfterItWasClosed() throws InterruptedException {
        backlog.offer(chunk(7), false);
        backlog.close();
        assertEquals(Outcome.CLOSED, backlog.offer(chunk(1), false));
        assertEquals(1, backlog.awaitAndTake(100, TimeUnit.MINUTES.toNanos(1)).size());
    }

    @Test
    void isStalledOnlyWhileSomethingWaits() {
        assertFalse(backlog.stalledFor(0));
        backlog.offer(chunk(1), false);
        assertTrue(backlog.stalledFor(0));
        assertFalse(backlog.stalledFor(TimeUnit.MINUTES.toNanos(1)));
        backlog.written(backlog.take(1));
        assertFalse(backlog.stalledFor(0));
    }

    private boolean awaitRoom() {
        try {
            return backlog.awaitRoom();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

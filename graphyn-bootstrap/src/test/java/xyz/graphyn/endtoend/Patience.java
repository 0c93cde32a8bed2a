package xyz.graphyn.endtoend;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what memory does behind an answer. */
final class Patience {
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private Patience() {}

    /**
     * Looks again and again, until it is as it should be.
     *
     * @return what was seen then
     */
    static <T> T until(Supplier<T> look, Predicate<T> asItShouldBe) {
        long end = System.nanoTime() + MOST.toNanos();
        while (true) {
            T seen = look.get();
            if (asItShouldBe.test(seen)) {
                return seen;
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("after " + MOST.toSeconds() + " s it is still " + seen);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }
}

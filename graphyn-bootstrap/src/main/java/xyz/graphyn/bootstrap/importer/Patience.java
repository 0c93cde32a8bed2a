package xyz.graphyn.bootstrap.importer;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * How long and how often to try again.
 *
 * @param attempts of one batch, the first included; positive
 * @param longestPause that is waited for a server which names one itself; a longer wish ends the import
 * @param random from 0 to 1, so that clients which failed together don't come back together
 * @param pauses waits for that long
 */
public record Patience(int attempts, Duration longestPause, DoubleSupplier random, Pause pauses) {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LAST = Duration.ofSeconds(20);

    /** Waiting, which a test needn't do. */
    @FunctionalInterface
    public interface Pause {
        void wait(Duration duration) throws InterruptedException;
    }

    /** Ten attempts, which take about a minute, and up to a minute where a server asks for it. */
    public static Patience usual() {
        return new Patience(10, Duration.ofMinutes(1), Math::random, Thread::sleep);
    }

    /** The pause after that many attempts: half of it certain and half by chance, doubling up to 20 s. */
    Duration after(int attempt) {
        long doubled = FIRST.toMillis() << Math.min(attempt - 1, 20);
        long most = Math.min(doubled, LAST.toMillis());
        return Duration.ofMillis(most / 2 + Math.round(random.getAsDouble() * most / 2));
    }
}

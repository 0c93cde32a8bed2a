package xyz.graphyn.adapter.http;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import xyz.graphyn.application.access.Refusal;

/**
 * The memory that all bodies may take together. Many large bodies at one time would end the process for everyone; here
 * the last of them are told to come again.
 */
final class BodyMemory {
    private static final int UNIT = 1_024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Semaphore units;

    BodyMemory(long bytes) {
        this.units = new Semaphore(Math.toIntExact(bytes / UNIT));
    }

    Lease lease() {
        return new Lease();
    }

    /** What one request holds, until it is closed. */
    final class Lease implements AutoCloseable {
        private int held;

        /**
         * Makes sure of at least so many bytes.
         *
         * @throws Refusal.Unavailable if there is no room
         */
        void growTo(int bytes) {
            int more = (bytes + UNIT - 1) / UNIT - held;
            if (more <= 0) {
                return;
            }
            if (!units.tryAcquire(more)) {
                throw new Refusal.Unavailable("Too many large requests are under way.", RETRY_AFTER);
            }
            held += more;
        }

        @Override
        public void close() {
            units.release(held);
            held = 0;
        }
    }
}

package xyz.graphyn.bootstrap;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.agent.PurgeRemovedAgents;

/** Purges removed agents in the background, for as long as the server runs. */
final class PurgeWorker implements AutoCloseable {
    /** Nobody waits for it. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(PurgeWorker.class);

    private final PurgeRemovedAgents purge;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    private PurgeWorker(PurgeRemovedAgents purge) {
        this.purge = purge;
        this.thread = Thread.ofVirtual().name("purge").unstarted(this::work);
    }

    static PurgeWorker start(PurgeRemovedAgents purge) {
        PurgeWorker worker = new PurgeWorker(purge);
        worker.thread.start();
        return worker;
    }

    private void work() {
        try {
            do {
                purgeOnce();
            } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void purgeOnce() {
        try {
            purge.run(() -> closing.getCount() > 0);
        } catch (RuntimeException failure) {
            LOG.warn("Removed agents could not be purged; it is tried again", failure);
        }
    }

    /** Returns when the step under way has ended. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package xyz.graphyn.bootstrap;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parts of a process that runs until it is told to stop: started one after the other, closed in reverse order, once,
 * whether the end comes from a signal or from a part that didn't start. A signal during the start waits for the part that
 * is being started, lest it be left behind.
 */
final class Lifecycle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Parts parts = new Parts();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile boolean stopping;

    /** A life that SIGINT and SIGTERM end. */
    static Lifecycle endedBySignals() {
        Lifecycle lifecycle = new Lifecycle();
        Runtime.getRuntime().addShutdownHook(new Thread(lifecycle::close, "stop"));
        return lifecycle;
    }

    /**
     * Starts a part, unless the end has begun.
     *
     * @throws CancellationException when it has
     */
    <T extends AutoCloseable> T start(Callable<T> starter) throws Exception {
        lock.lock();
        try {
            if (stopping) {
                throw new CancellationException();
            }
            return parts.add(starter.call());
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything has been closed. */
    void awaitEnd() throws InterruptedException {
        stopped.await();
    }

    /** Closes every part, the last one first; one that fails doesn't keep the others open. */
    @Override
    public void close() {
        stopping = true;
        lock.lock();
        try {
            if (!parts.isEmpty()) {
                LOG.info("Stopping");
            }
            parts.close();
        } finally {
            lock.unlock();
            stopped.countDown();
        }
    }
}

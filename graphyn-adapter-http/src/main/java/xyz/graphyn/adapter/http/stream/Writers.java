package xyz.graphyn.adapter.http.stream;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads that write to sockets, so that who has something for five hundred clients leaves it with them and goes on.
 * What gathers for a client while the others are written to goes out together. They are platform threads: a write to a
 * socket never waits, but it is a system call, and there are as many at one time as there are processors.
 */
final class Writers {
    private static final Logger LOG = LoggerFactory.getLogger(Writers.class);
    private final BlockingQueue<Runnable> ready = new LinkedBlockingQueue<>();
    private final int threads;
    private volatile boolean stopped;

    Writers(int threads) {
        this.threads = threads;
    }

    void start() {
        for (int i = 1; i <= threads; i++) {
            Thread.ofPlatform().daemon().name("stream-writer-" + i).start(this::run);
        }
    }

    /** @param write must not wait */
    void execute(Runnable write) {
        ready.add(write);
    }

    /** Writes what is waiting, and ends. */
    void stop() {
        stopped = true;
        ready.add(Writers::wakeUp);
    }

    private static void wakeUp() {
        // That is all.
    }

    private void run() {
        try {
            while (!stopped || !ready.isEmpty()) {
                quietly(ready.take());
            }
            ready.add(Writers::wakeUp); // the next of them
        } catch (InterruptedException ends) {
            Thread.currentThread().interrupt();
        }
    }

    private static void quietly(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException fault) {
            LOG.error("A write to a stream failed", fault);
        }
    }
}

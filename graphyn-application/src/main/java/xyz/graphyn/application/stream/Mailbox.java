package xyz.graphyn.application.stream;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what it is told one after another, in that order, on threads of its own; what has gathered is taken together. */
final class Mailbox {
    /** How much is sent as one piece, at most, roughly, in bytes. */
    static final long MOST_TOGETHER = 1L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final Executor threads;
    private final Runnable afterwards;
    private final Queue<Runnable> messages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param afterwards runs each time when all that had gathered was run */
    Mailbox(Executor threads, Runnable afterwards) {
        this.threads = threads;
        this.afterwards = afterwards;
    }

    void tell(Runnable message) {
        messages.add(message);
        if (waiting.getAndIncrement() == 0) {
            threads.execute(this::drain);
        }
    }

    private void drain() {
        int taken = waiting.get();
        for (int i = 0; i < taken; i++) {
            Runnable message = messages.poll();
            if (message != null) {
                quietly(message);
            }
        }
        quietly(afterwards);
        if (waiting.addAndGet(-taken) > 0) {
            threads.execute(this::drain); // behind the other mailboxes, so that a busy one doesn't keep the thread
        }
    }

    private static void quietly(Runnable message) {
        try {
            message.run();
        } catch (RuntimeException fault) {
            LOG.error("A step of a live stream failed", fault);
        }
    }
}

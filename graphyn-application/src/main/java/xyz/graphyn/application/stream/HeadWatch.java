package xyz.graphyn.application.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.event.EventHeads;
import xyz.graphyn.application.event.EventHeads.Heads;

/**
 * Looks at the heads of all watched agents once a second, and in between at those that may have missed something, so that
 * nothing that was recorded stays unseen, whatever was lost on the way.
 */
final class HeadWatch implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /** What is reported within this time is looked at together. */
    private static final Duration GATHERING = Duration.ofMillis(20);

    /** Heads that are read in one trip. */
    private static final int MOST_TOGETHER = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(HeadWatch.class);

    private final EventHeads heads;
    private final Supplier<Collection<Feed>> watched;
    private final Outcome outcome;
    private final Set<Feed> doubtful = ConcurrentHashMap.newKeySet();
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private boolean away;

    /** Hears what the heads were. */
    interface Outcome {
        void read(Collection<Feed> feeds, Heads heads);
    }

    HeadWatch(EventHeads heads, Supplier<Collection<Feed>> watched, Outcome outcome) {
        this.heads = heads;
        this.watched = watched;
        this.outcome = outcome;
        this.thread = Thread.ofVirtual().name("stream-heads").unstarted(this::watch);
    }

    void start() {
        thread.start();
    }

    /** Has the head of this feed looked at soon. */
    void look(Feed feed) {
        if (doubtful.add(feed)) {
            wake.release();
        }
    }

    private void watch() {
        long next = System.nanoTime() + PERIOD.toNanos();
        try {
            while (!closed) {
                long left = next - System.nanoTime();
                boolean early = left > 0 && wake.tryAcquire(left, TimeUnit.NANOSECONDS);
                if (early && !closed) {
                    TimeUnit.NANOSECONDS.sleep(GATHERING.toNanos());
                    wake.drainPermits();
                    read(taken());
                } else {
                    read(watched.get());
                    next = System.nanoTime() + PERIOD.toNanos();
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Collection<Feed> taken() {
        Set<Feed> taken = new HashSet<>(doubtful);
        doubtful.removeAll(taken);
        return taken;
    }

    private void read(Collection<Feed> feeds) {
        List<Feed> all = new ArrayList<>(feeds);
        try {
            for (int from = 0; from < all.size(); from += MOST_TOGETHER) {
                List<Feed> some = all.subList(from, Math.min(all.size(), from + MOST_TOGETHER));
                outcome.read(some, heads.read(some.stream().map(Feed::agent).toList()));
            }
            away = false;
        } catch (Refusal.Unavailable unavailable) {
            if (!away) {
                LOG.warn("The heads of watched agents can't be read: {}", unavailable.getMessage());
            }
            away = true;
        } catch (RuntimeException | Error fault) { // nobody else would look
            LOG.error("The heads of watched agents could not be read", fault);
        }
    }

    @Override
    public void close() {
        closed = true;
        wake.release();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

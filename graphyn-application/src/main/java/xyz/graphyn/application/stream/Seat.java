package xyz.graphyn.application.stream;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * One subscriber's place in one agent's log. First a {@link Replay} moves it on and then the {@link Feed}: never both, and
 * what one wrote the other sees, because the place is handed over through the feed's mailbox.
 */
final class Seat implements Subscription {
    private static final Logger LOG = LoggerFactory.getLogger(Seat.class);

    /** A subscriber who wants no event but those that are still to come. */
    static final long ONLY_NEW = -1;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Feed feed;
    private final Screen screen;
    private final Feed.Neighbours neighbours;
    private final Runnable onClose;
    private long position;
    private boolean begun;
    private volatile boolean open = true;

    Seat(Feed feed, long after, Screen screen, Feed.Neighbours neighbours, Runnable onClose) {
        this.feed = feed;
        this.position = after;
        this.screen = screen;
        this.neighbours = neighbours;
        this.onClose = onClose;
        screen.belongsTo(this);
    }

    AgentKey agent() {
        return feed.agent();
    }

    boolean isOpen() {
        return open;
    }

    boolean wantsOnlyNew() {
        return position == ONLY_NEW;
    }

    /** The {@code seq} up to which it has had everything. */
    long position() {
        return position;
    }

    /** Says that it begins; only the first call counts. */
    void begin(long after, long head) {
        if (!begun && open) {
            begun = true;
            position = after;
            quietly(() -> screen.subscribed(after, head));
        }
    }

    /** @param run begins right behind its position */
    void events(EventRun run) {
        if (open) {
            position = run.last();
            quietly(() -> screen.events(run));
        }
    }

    void gap(long from, long to) {
        if (open) {
            position = to;
            quietly(() -> screen.gap(from, to));
        }
    }

    /** @return false if there will never be */
    boolean awaitRoom() throws InterruptedException {
        return open && screen.awaitRoom();
    }

    void end(Refusal why) {
        if (open) {
            leave();
            screen.ended(why);
        }
    }

    /** One subscriber's fault must not be felt by the others. */
    private void quietly(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException fault) {
            LOG.error("A subscriber failed to take what it was given", fault);
            neighbours.failed(Failure.Kind.DELIVERY, agent(), position, "A subscription was ended by a fault.");
            end(new Refusal.Unavailable("The subscription failed.", RETRY_AFTER));
        }
    }

    @Override
    public void turnTo(Caller caller) {
        screen.turnTo(caller);
    }

    @Override
    public void close() {
        leave();
        screen.close();
    }

    private void leave() {
        boolean first;
        synchronized (this) {
            first = open;
            open = false;
        }
        if (first) {
            feed.leave(this);
            onClose.run();
        }
    }
}

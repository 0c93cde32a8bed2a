package xyz.graphyn.application.stream;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.event.EventStore;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.application.stream.LogReader.Next;

/** Brings one subscriber from where it stands to where the feed is, page by page, and hands it over. */
final class Replay implements Runnable {
    /** What the channel may still have: behind it, asking is in vain. */
    private static final long CHANNEL_REACH = 1_000;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    private final Seat seat;
    private final Feed feed;
    private final Feed.Neighbours neighbours;
    private Duration pause = FIRST_PAUSE;

    Replay(Seat seat, Feed feed, Feed.Neighbours neighbours) {
        this.seat = seat;
        this.feed = feed;
        this.neighbours = neighbours;
    }

    @Override
    public void run() {
        try {
            while (seat.isOpen() && !feed.join(seat).join()) {
                readOn();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            LOG.error("A replay failed", fault);
            neighbours.failed(Failure.Kind.DELIVERY, seat.agent(), seat.position() + 1, "A replay failed.");
            seat.end(new Refusal.Unavailable("The replay failed.", LONGEST_PAUSE));
        }
    }

    private void readOn() throws InterruptedException {
        do {
            if (!seat.awaitRoom()) {
                seat.close();
                return;
            }
        } while (step() && seat.position() < feed.position());
    }

    /** @return whether it came on */
    private boolean step() throws InterruptedException {
        Next next;
        try {
            next = neighbours
                    .log()
                    .read(seat.agent(), seat.position(), feed.position() - seat.position() <= CHANNEL_REACH);
        } catch (Refusal.Unavailable away) {
            rest();
            return false;
        }
        switch (next) {
            case Next.Events(var run) -> {
                if (feed.position() - run.last() >= EventStore.MAX_FOLLOWING) {
                    neighbours.aside(() -> neighbours.log().prepare(seat.agent(), run.last()));
                }
                seat.events(run);
            }
            case Next.Gap(long from, long to) -> seat.gap(from, to);
            case Next.End() -> {
                rest();
                return false;
            }
        }
        pause = FIRST_PAUSE;
        return true;
    }

    /** The store is away, or the feed is not as far as the subscriber yet. */
    private void rest() {
        LockSupport.parkNanos(pause.toNanos());
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
    }
}

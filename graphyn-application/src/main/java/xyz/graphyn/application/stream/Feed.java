package xyz.graphyn.application.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;

/**
 * One agent's log as it grows, and the live subscribers, who all stand at the same place in it. Runs come from the appender
 * of this server, from the channel and from the store, in any order and more than once; subscribers get each event once, in
 * order. What has come while the last events went out goes out together.
 *
 * <p>Everything happens on the feed's own {@link Mailbox}, so that nothing here needs a lock; methods that other threads call
 * only leave a message there.
 */
final class Feed implements LiveChannel.Listener {
    /** Time for what is on its way, by another server, to arrive before a hole is taken for a loss. */
    private static final Duration GRACE = Duration.ofMillis(50);

    /** What may wait in the mailbox; a flood beyond it is dropped here and read from the store. */
    private static final long MOST_WAITING_BYTES = 16L << 20;

    /** What may wait behind a hole. */
    private static final long MOST_AHEAD_BYTES = 4L << 20;

    /** The last events are kept for those who come from a replay, as long as somebody came a short while ago. */
    private static final Duration AFTER_THE_LAST_COMER = Duration.ofSeconds(10);

    private final AgentKey agent;
    private final Neighbours neighbours;
    private final Mailbox mailbox;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    // Of the mailbox only, but for position, which others may look at.
    private final Set<Seat> live = new LinkedHashSet<>();
    private final NavigableMap<Long, EventRun> ahead = new TreeMap<>();
    private final List<EventRun> outgoing = new ArrayList<>();
    private final Recent recent = new Recent();
    private volatile long position = -1;
    private long aheadBytes;
    private long known;
    private long lastComerAt = System.nanoTime();
    private boolean checking;
    private @Nullable Refusal ended;
    private boolean filling;

    /** What a feed needs of those around it. */
    interface Neighbours {
        /** Runs it on a thread of those that send. */
        void execute(Runnable drain);

        /** Runs it after a while. */
        void later(Duration delay, Runnable task);

        /** Runs it on a thread that may wait. */
        void aside(Runnable task);

        LogReader log();

        /** Has the feed's head looked up soon. */
        void look(Feed feed);

        void failed(Failure.Kind kind, AgentKey agent, long seq, String detail);
    }

    Feed(AgentKey agent, Neighbours neighbours) {
        this.agent = agent;
        this.neighbours = neighbours;
        this.mailbox = new Mailbox(neighbours::execute, this::send);
    }

    AgentKey agent() {
        return agent;
    }

    /** Completes when the position is known, or with the refusal that kept it from being known. */
    CompletableFuture<Void> opened() {
        return opened;
    }

    /** The {@code seq} of the last event that live subscribers were given; -1 until it is known. */
    long position() {
        return position;
    }

    @Override
    public void received(EventRun run) {
        if (waitingBytes.addAndGet(run.weight()) > MOST_WAITING_BYTES) {
            waitingBytes.addAndGet(-run.weight());
            neighbours.look(this);
            return;
        }
        mailbox.tell(() -> {
            waitingBytes.addAndGet(-run.weight());
            take(run);
        });
    }

    @Override
    public void uncertain() {
        neighbours.look(this);
    }

    /** @param head what the store said, a moment ago */
    void head(long head) {
        mailbox.tell(() -> {
            if (position < 0) {
                position = head;
                known = head;
                opened.complete(null);
                closeUp();
            } else if (head > known) {
                known = head;
            }
            check();
        });
    }

    /**
     * Lets a subscriber in who has had everything up to {@code seat.position()}, or who wants only what comes from now on.
     *
     * @return false if more has to be replayed first; true also for one that is closed
     */
    CompletableFuture<Boolean> join(Seat seat) {
        CompletableFuture<Boolean> joined = new CompletableFuture<>();
        mailbox.tell(() -> {
            lastComerAt = System.nanoTime();
            send();
            if (ended != null) {
                seat.end(ended);
            }
            joined.complete(!seat.isOpen() || letIn(seat));
        });
        return joined;
    }

    private boolean letIn(Seat seat) {
        if (seat.wantsOnlyNew() || seat.position() == position) {
            seat.begin(position, position);
            return live.add(seat);
        }
        EventRun missed = recent.above(seat.position()).orElse(null);
        if (missed == null) {
            return false;
        }
        seat.begin(seat.position(), position);
        seat.events(missed);
        return live.add(seat);
    }

    void leave(Seat seat) {
        mailbox.tell(() -> live.remove(seat));
    }

    /** Ends all subscriptions, those that are still being replayed as soon as they ask to join. */
    void end(Refusal why) {
        opened.completeExceptionally(why);
        mailbox.tell(() -> {
            ended = why;
            send();
            List.copyOf(live).forEach(seat -> seat.end(why));
            live.clear();
        });
    }

    private void take(EventRun run) {
        known = Math.max(known, run.last());
        if (position < 0 || run.first() > position + 1) {
            hold(run);
        } else if (run.last() > position) {
            pass(run.above(position));
            closeUp();
        }
        check();
    }

    private void hold(EventRun run) {
        EventRun other = ahead.get(run.first());
        if (other == null || other.size() < run.size()) {
            EventRun before = ahead.put(run.first(), run);
            aheadBytes += run.weight() - (before == null ? 0 : before.weight());
        }
        while (aheadBytes > MOST_AHEAD_BYTES && ahead.size() > 1) {
            aheadBytes -= ahead.pollLastEntry().getValue().weight();
        }
    }

    /** Passes on what waited for the events that have come now. */
    private void closeUp() {
        while (!ahead.isEmpty() && ahead.firstKey() <= position + 1) {
            EventRun next = ahead.pollFirstEntry().getValue();
            aheadBytes -= next.weight();
            if (next.last() > position) {
                pass(next.above(position));
            }
        }
    }

    private void pass(EventRun run) {
        outgoing.add(run);
        position = run.last();
    }

    /** Hands over what has come since the last time, as few runs as it can be. */
    private void send() {
        if (outgoing.isEmpty()) {
            return;
        }
        List<EventRun> runs = joined(outgoing);
        outgoing.clear();
        boolean keep = System.nanoTime() - lastComerAt < AFTER_THE_LAST_COMER.toNanos();
        for (EventRun run : runs) {
            if (keep) {
                recent.add(run);
            } else {
                recent.clear();
            }
            live.removeIf(seat -> !seat.isOpen());
            for (Seat seat : live) {
                seat.events(run);
            }
        }
    }

    private List<EventRun> joined(List<EventRun> runs) {
        if (runs.size() == 1) {
            return List.copyOf(runs);
        }
        List<EventRun> joined = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        long bytes = 0;
        for (EventRun run : runs) {
            if (!events.isEmpty() && bytes + run.weight() > Mailbox.MOST_TOGETHER) {
                joined.add(new EventRun(agent, events));
                events = new ArrayList<>();
                bytes = 0;
            }
            events.addAll(run.events());
            bytes += run.weight();
        }
        joined.add(new EventRun(agent, events));
        return joined;
    }

    /** Sees to it that what is known to be there comes, after a moment, if it doesn't come by itself. */
    private void check() {
        if (live.isEmpty() && known > position && position >= 0) {
            passOver();
        }
        if (position < 0 || position >= known || checking || filling) {
            return;
        }
        checking = true;
        long before = position;
        neighbours.later(
                GRACE,
                () -> mailbox.tell(() -> {
                    checking = false;
                    if (position > before) {
                        check();
                    } else if (position < known && !filling) {
                        fill();
                    }
                }));
    }

    /** Nobody is live: whoever comes next reads what they lack themselves. */
    private void passOver() {
        position = known;
        outgoing.clear();
        recent.clear();
        closeUp();
    }

    private void fill() {
        filling = true;
        long from = position;
        long to = ahead.isEmpty() ? known : ahead.firstKey() - 1;
        neighbours.aside(() -> {
            Filler filler = new Filler(this, neighbours, from, to);
            try {
                filler.run();
            } finally {
                mailbox.tell(() -> {
                    filling = false;
                    if (filler.gotAnything()) {
                        check(); // else the next look at the head comes back to it
                    }
                });
            }
        });
    }

    /** These are no more: whoever is live is told, and goes on behind them. */
    void removed(long from, long to) {
        mailbox.tell(() -> {
            if (from > position + 1 || to <= position) {
                return;
            }
            send();
            for (Seat seat : live) {
                seat.gap(position + 1, to);
            }
            recent.clear();
            position = to;
            closeUp();
        });
    }
}

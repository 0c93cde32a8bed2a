package xyz.graphyn.application.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.masking.StreamDisclosures;
import xyz.graphyn.application.masking.StreamDisclosures.Sight;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.masking.Disclosure;
import xyz.graphyn.domain.masking.View;

/**
 * What stands between an agent's log and one subscriber: shows each run as the subscriber may see it, and lets nothing
 * sensitive pass, hidden or not, before the audit trail has its entry, one for every {@link #WINDOW} and every view.
 *
 * <p>What needs no waiting passes at once. Where the trail or the settings have to be waited for, this run and all behind it
 * wait in order, on a thread of their own; where they are away, they wait for as long as there is room, and then the
 * subscription ends, to be resumed.
 */
final class Screen {
    /** For how long an entry of a stream stands. */
    static final Duration WINDOW = Duration.ofSeconds(10);

    /** What may wait here, of one subscription, in bytes. */
    private static final long MOST_WAITING = 4L << 20;

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(Screen.class);

    private final AgentId agent;
    private final Set<String> types;
    private final Subscriber subscriber;
    private final StreamDisclosures disclosures;
    private final Executor aside;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();

    // Guarded by lock.
    private final Queue<Item> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean busy;
    private boolean over;

    private volatile Caller caller;
    private volatile @Nullable Seat seat;
    private volatile long windowEnds;
    private volatile @Nullable View noted;

    /** Something for the subscriber, in its turn. */
    private sealed interface Item {
        record Events(EventRun run) implements Item {}

        record Call(Runnable call) implements Item {}
    }

    /** @param aside runs on a thread that may wait */
    Screen(
            Caller caller,
            AgentId agent,
            Set<String> types,
            Subscriber subscriber,
            StreamDisclosures disclosures,
            Executor aside) {
        this.caller = caller;
        this.agent = agent;
        this.types = Set.copyOf(types);
        this.subscriber = subscriber;
        this.disclosures = disclosures;
        this.aside = aside;
    }

    /** Whose place is given up when it can't go on. */
    void belongsTo(Seat place) {
        seat = place;
    }

    /** From now on, it is shown what these may see. */
    void turnTo(Caller now) {
        caller = now;
    }

    void subscribed(long after, long head) {
        pass(new Item.Call(() -> subscriber.subscribed(agent, after, head)), 0);
    }

    void gap(long from, long to) {
        pass(new Item.Call(() -> subscriber.gap(agent, from, to)), 0);
    }

    void ended(Refusal why) {
        pass(new Item.Call(() -> subscriber.ended(agent, why)), 0);
    }

    void events(EventRun run) {
        pass(new Item.Events(run), run.weight());
    }

    /** @return false if the subscriber is gone, or does not read */
    boolean awaitRoom() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (busy && !over) {
                moved.await();
            }
        } finally {
            lock.unlock();
        }
        return subscriber.awaitRoom();
    }

    /** Nothing more is to come, and nobody hears it. */
    void close() {
        lock.lock();
        try {
            over = true;
            waiting.clear();
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void pass(Item item, long bytes) {
        boolean full = false;
        lock.lock();
        try {
            if (over) {
                return;
            }
            if (!busy) {
                busy = !atOnce(item);
                if (!busy) {
                    return;
                }
                waiting.add(item);
                waitingBytes = bytes;
                aside.execute(this::work);
                return;
            }
            waitingBytes += bytes;
            full = waitingBytes > MOST_WAITING;
            if (!full) {
                waiting.add(item);
            }
        } finally {
            lock.unlock();
        }
        if (full) {
            fail("What is disclosed can't be noted fast enough.");
        }
    }

    /** @return false if it has to wait */
    private boolean atOnce(Item item) {
        switch (item) {
            case Item.Call(Runnable call) -> call.run();
            case Item.Events(EventRun run) -> {
                Optional<Sight> sight = disclosures.sightNow(caller);
                if (sight.isEmpty() || !disclosures.isSearched(sight.get(), run.events())) {
                    return false;
                }
                MaskedRun masked = masked(sight.get(), run);
                if (!isNoted(sight.get().view()) && !masked.disclosure(types).isEmpty()) {
                    return false;
                }
                subscriber.events(masked);
            }
        }
        return true;
    }

    private void work() {
        for (Item next = next(); next != null; next = next()) {
            try {
                switch (next) {
                    case Item.Call(Runnable call) -> call.run();
                    case Item.Events(EventRun run) -> show(run);
                }
            } catch (RuntimeException fault) {
                LOG.error("Events could not be shown", fault);
                fail("The subscription failed.");
            }
        }
    }

    private void fail(String why) {
        Seat place = seat;
        if (place != null) {
            place.close();
        }
        close();
        subscriber.ended(agent, new Refusal.Unavailable(why, RETRY_AFTER));
    }

    private @Nullable Item next() {
        lock.lock();
        try {
            Item next = over ? null : waiting.poll();
            if (next == null) {
                busy = false;
                waitingBytes = 0;
                moved.signalAll();
            } else if (next instanceof Item.Events(EventRun run)) {
                waitingBytes -= run.weight();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Waits as long as it must; the subscription may end meanwhile. */
    private void show(EventRun run) {
        while (!isOver()) {
            try {
                Sight sight = disclosures.sight(caller);
                MaskedRun masked = masked(sight, run);
                Disclosure disclosure = masked.disclosure(types);
                if (!disclosure.isEmpty() && !isNoted(sight.view())) {
                    disclosures.note(caller, agent, disclosure, masked.span());
                    windowEnds = System.nanoTime() + WINDOW.toNanos();
                    noted = sight.view();
                }
                subscriber.events(masked);
                return;
            } catch (Refusal.Unavailable away) {
                LOG.debug("A stream waits for the audit trail", away);
                rest();
            }
        }
    }

    private void rest() {
        lock.lock();
        try {
            long left = PAUSE.toNanos();
            while (!over && left > 0) {
                left = moved.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            over = true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    /** An entry says at which level things were shown: it stands for no other view, however fresh it is. */
    private boolean isNoted(View view) {
        return view.equals(noted) && System.nanoTime() - windowEnds < 0;
    }

    private MaskedRun masked(Sight sight, EventRun run) {
        return run.once(
                sight,
                of -> new MaskedRun(of, disclosures.seen(sight, of.agent().organization(), of.events())));
    }
}

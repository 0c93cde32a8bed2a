package xyz.graphyn.adapter.http.stream;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.stream.MaskedRun;
import xyz.graphyn.application.stream.Subscriber;
import xyz.graphyn.application.stream.Subscription;
import xyz.graphyn.domain.agent.AgentId;

/**
 * One client's interest in one agent: leaves out what its filter leaves out, and says how far it is all the same, so that the
 * client can resume behind events that it was never sent.
 */
final class AgentSubscriber implements Subscriber {
    /** Between two positions, at least: a filter that leaves out everything must not send as much as one that doesn't. */
    private static final long POSITION_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Outlet outlet;
    private final Notation notation;
    private final AgentId agent;
    private final Set<String> types;

    // All guarded by this.
    private @Nullable Subscription subscription;
    private boolean over;
    private boolean promised;
    private long seen;
    private long told;
    private long replayEnd;
    private long toldAt = System.nanoTime();

    /** @param types only events of these; empty for all */
    AgentSubscriber(Outlet outlet, Notation notation, AgentId agent, Set<String> types) {
        this.outlet = outlet;
        this.notation = notation;
        this.agent = agent;
        this.types = types;
    }

    AgentId agent() {
        return agent;
    }

    boolean isFiltered() {
        return !types.isEmpty();
    }

    /** The {@code seq} up to which the client was sent everything that it wants. */
    synchronized long seen() {
        return seen;
    }

    /** What {@link #close} is to close. */
    void begun(Subscription begun) {
        boolean late;
        synchronized (this) {
            subscription = begun;
            late = over;
        }
        if (late) {
            begun.close();
        }
    }

    /** What follows is shown as this caller sees it. */
    void turnTo(Caller caller) {
        Subscription open;
        synchronized (this) {
            open = subscription;
        }
        if (open != null) {
            open.turnTo(caller);
        }
    }

    /** Ends it from the client's side; nothing more is sent after. */
    void close() {
        Subscription open;
        synchronized (this) {
            over = true;
            open = subscription;
        }
        if (open != null) {
            open.close();
        }
    }

    @Override
    public synchronized void subscribed(AgentId of, long after, long head) {
        if (!over) {
            seen = after;
            told = after;
            replayEnd = head;
            outlet.send(List.of(notation.subscribed(agent, after, head)), false, this);
        }
    }

    @Override
    public void events(MaskedRun run) {
        Notation.Written written = notation.events(run, types);
        synchronized (this) {
            if (over) {
                return;
            }
            boolean replayed = seen < replayEnd;
            seen = run.last();
            if (promised || !written.chunks().isEmpty()) {
                outlet.send(written.chunks(), promised, this);
                promised = false;
            }
            if (!written.chunks().isEmpty()) {
                told = written.last();
                toldAt = System.nanoTime();
            }
            if (replayed && seen >= replayEnd) {
                tellPosition();
            }
        }
    }

    @Override
    public synchronized void gap(AgentId of, long from, long to) {
        if (!over) {
            seen = to;
            told = to;
            outlet.send(List.of(notation.gap(agent, from, to)), promised, this);
            promised = false;
        }
    }

    /** Says how far it is, if the client can't know and was not told a short while ago. */
    synchronized void tick(long nanoTime) {
        if (!over && nanoTime - toldAt >= POSITION_NANOS) {
            tellPosition();
        }
    }

    private void tellPosition() {
        if (told < seen) {
            told = seen;
            toldAt = System.nanoTime();
            outlet.send(List.of(notation.position(agent, seen)), false, this);
        }
    }

    @Override
    public void ended(AgentId of, Refusal why) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        outlet.ended(this, why);
    }

    @Override
    public boolean awaitRoom() throws InterruptedException {
        boolean room = outlet.awaitRoom();
        synchronized (this) {
            promised = room;
            return room && !over;
        }
    }
}

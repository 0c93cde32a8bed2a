package xyz.graphyn.testkit.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.stream.LiveChannel;
import xyz.graphyn.domain.event.Event;

/** Hears a channel and remembers what it heard. */
public final class RecordingListener implements LiveChannel.Listener {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    // Guarded by this.
    private final List<Event> events = new ArrayList<>();
    private int uncertainties;

    @Override
    public synchronized void received(EventRun run) {
        events.addAll(run.events());
        notifyAll();
    }

    @Override
    public synchronized void uncertain() {
        uncertainties++;
        notifyAll();
    }

    /** All events so far, in the order in which they came. */
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    public List<Long> seqs() {
        return events().stream().map(Event::seq).toList();
    }

    /** How often it was told that something may be missing. */
    public synchronized int uncertainties() {
        return uncertainties;
    }

    /** Waits until as many events came, counted from the beginning. */
    public RecordingListener awaitEvents(int count) {
        await(() -> events.size() >= count, "event " + count);
        return this;
    }

    /** Waits until an event of this number came. */
    public RecordingListener awaitSeq(long seq) {
        await(() -> events.stream().anyMatch(event -> event.seq() == seq), "seq " + seq);
        return this;
    }

    /** Waits until it was told as often that something may be missing, counted from the beginning. */
    public RecordingListener awaitUncertainties(int count) {
        await(() -> uncertainties >= count, "uncertainty " + count);
        return this;
    }

    private synchronized void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (left <= 0) {
                throw new AssertionError("waited in vain for " + what + "; heard " + events.size() + " events and "
                        + uncertainties + " uncertainties");
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting for " + what, e);
            }
        }
    }
}

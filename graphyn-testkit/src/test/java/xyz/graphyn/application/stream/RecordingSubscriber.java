package xyz.graphyn.application.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.event.Event;

/** Writes down what it is told, and can be waited for. */
final class RecordingSubscriber implements Subscriber {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition told = lock.newCondition();
    private final List<Event> events = new ArrayList<>();
    private final List<String> signs = new ArrayList<>();
    private boolean full;

    @Override
    public void subscribed(AgentId agent, long after, long head) {
        note(() -> signs.add("subscribed " + after + " of " + head));
    }

    @Override
    public void events(MaskedRun run) {
        note(() -> events.addAll(run.events()));
    }

    @Override
    public void gap(AgentId agent, long from, long to) {
        note(() -> signs.add("gap " + from + " to " + to));
    }

    @Override
    public void ended(AgentId agent, Refusal why) {
        note(() -> signs.add("ended " + why.getClass().getSimpleName()));
    }

    @Override
    public boolean awaitRoom() throws InterruptedException {
        await(() -> !full);
        return true;
    }

    void full(boolean now) {
        note(() -> full = now);
    }

    List<Long> seqs() {
        return read(() -> events.stream().map(Event::seq).toList());
    }

    List<Event> events() {
        return read(() -> List.copyOf(events));
    }

    List<String> signs() {
        return read(() -> List.copyOf(signs));
    }

    void awaitEvents(int count) {
        awaitOrFail(() -> events.size() >= count, count + " events");
    }

    void awaitSign(String sign) {
        awaitOrFail(() -> signs.contains(sign), sign);
    }

    private void awaitOrFail(BooleanSupplier condition, String what) {
        try {
            if (!await(condition)) {
                throw new AssertionError(
                        read(() -> "waited in vain for " + what + "; had " + events.size() + " events and " + signs));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    private boolean await(BooleanSupplier condition) throws InterruptedException {
        lock.lock();
        try {
            long left = LONGEST_WAIT.toNanos();
            while (!condition.getAsBoolean() && left > 0) {
                left = told.awaitNanos(left);
            }
            return condition.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    private void note(Runnable change) {
        lock.lock();
        try {
            change.run();
            told.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T read(Supplier<T> look) {
        lock.lock();
        try {
            return look.get();
        } finally {
            lock.unlock();
        }
    }
}

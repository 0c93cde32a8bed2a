package xyz.graphyn.testkit.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.stream.LiveChannel;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;

/** One server's end of a {@link Bus} in memory. Listeners are called on the thread that publishes. */
public final class InMemoryLiveChannel implements LiveChannel {
    private final Bus bus;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private volatile @Nullable String epoch;

    /** One end more of a bus that others may share. */
    public InMemoryLiveChannel(Bus bus) {
        this.bus = bus;
        bus.ends.add(this);
    }

    @Override
    public void enter(String next) {
        epoch = next;
        watchers.forEach(watcher -> watcher.listener.uncertain());
    }

    @Override
    public void publish(EventRun run) {
        String now = epoch;
        if (now != null && !bus.away) {
            bus.keep(now, run);
            bus.ends.forEach(end -> end.hear(now, run));
        }
    }

    private void hear(String from, EventRun run) {
        if (from.equals(epoch)) {
            watchers.stream()
                    .filter(watcher -> watcher.agent.equals(run.agent()))
                    .forEach(watcher -> watcher.listener.received(run));
        }
    }

    @Override
    public Watch watch(AgentKey agent, Listener listener) {
        Watcher watcher = new Watcher(agent, listener);
        watchers.add(watcher);
        if (epoch != null && !bus.away) {
            listener.uncertain();
        }
        return () -> watchers.remove(watcher);
    }

    @Override
    public Optional<EventRun> replay(AgentKey agent, long after, int limit) {
        String now = epoch;
        return now == null || bus.away ? Optional.empty() : bus.kept(now, agent, after, limit);
    }

    private record Watcher(AgentKey agent, Listener listener) {}

    /** What the channels of several servers have in common, and may lose. */
    public static final class Bus {
        private final List<InMemoryLiveChannel> ends = new CopyOnWriteArrayList<>();
        private final Map<Place, List<Event>> kept = new HashMap<>();
        private volatile boolean away;

        private record Place(String epoch, AgentKey agent) {}

        /** Nothing comes through until it is {@link #back}. */
        public void goAway() {
            away = true;
        }

        /** Comes back, with what was kept before. */
        public void back() {
            away = false;
            ends.forEach(end -> end.watchers.forEach(watcher -> watcher.listener.uncertain()));
        }

        /** Forgets what was kept. */
        public synchronized void flush() {
            kept.clear();
        }

        private synchronized void keep(String epoch, EventRun run) {
            List<Event> events = kept.computeIfAbsent(new Place(epoch, run.agent()), place -> new ArrayList<>());
            long next = events.isEmpty() ? run.first() : events.getLast().seq() + 1;
            if (run.last() >= next) {
                if (run.first() > next) {
                    events.clear();
                }
                events.addAll(run.above(next - 1).events());
            }
        }

        private synchronized Optional<EventRun> kept(String epoch, AgentKey agent, long after, int limit) {
            List<Event> found = kept.getOrDefault(new Place(epoch, agent), List.of()).stream()
                    .filter(event -> event.seq() > after)
                    .limit(limit)
                    .toList();
            return found.isEmpty() || found.getFirst().seq() != after + 1
                    ? Optional.empty()
                    : Optional.of(new EventRun(agent, found));
        }
    }
}

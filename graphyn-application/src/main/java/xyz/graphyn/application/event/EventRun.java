package xyz.graphyn.application.event;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;

/**
 * Events of one agent that follow each other without a hole, with what is made of them for all who are sent them. Safe for
 * many threads.
 */
public final class EventRun {
    /** Of an event's other fields together, roughly. */
    private static final int OWN_WEIGHT = 300;

    private static final int FINDING_WEIGHT = 40;

    /** As it is seen by three views; and the events one by one, all of them in each of two notations, and one filter more. */
    private static final int MOST_SHARED = 7;

    private final AgentKey agent;
    private final List<Event> events;
    private final long weight;
    private final Map<Object, Object> shared = new ConcurrentHashMap<>(2);

    /**
     * @param events at least one, each {@code seq} one above the one before
     * @throws IllegalArgumentException if they are not
     */
    public EventRun(AgentKey agent, List<Event> events) {
        this.agent = agent;
        this.events = List.copyOf(events);
        if (this.events.isEmpty() || last() - first() != this.events.size() - 1) {
            throw new IllegalArgumentException("a run must have events, and no hole");
        }
        weight = this.events.stream()
                .mapToLong(event -> OWN_WEIGHT
                        + event.payload().text().length()
                        + (long) FINDING_WEIGHT * event.findings().count())
                .sum();
    }

    public AgentKey agent() {
        return agent;
    }

    public List<Event> events() {
        return events;
    }

    public long first() {
        return events.getFirst().seq();
    }

    public long last() {
        return events.getLast().seq();
    }

    public int size() {
        return events.size();
    }

    /** How much memory it takes, roughly, in bytes: to keep what is buffered within bounds. */
    public long weight() {
        return weight;
    }

    /** Those of its events that are above {@code seq}, of which there must be one. */
    public EventRun above(long seq) {
        return seq < first() ? this : new EventRun(agent, events.subList((int) (seq - first() + 1), events.size()));
    }

    /**
     * What {@code make} makes of this run, made once and kept as long as the run is, but for the first few things only: what
     * else is asked for is made each time, so that nobody fills the memory by asking for ever new ones.
     *
     * @param as what is made; one key always stands for one type
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T once(Object as, Function<EventRun, T> make) {
        return shared.size() < MOST_SHARED || shared.containsKey(as)
                ? (T) shared.computeIfAbsent(as, unused -> make.apply(this))
                : make.apply(this);
    }
}

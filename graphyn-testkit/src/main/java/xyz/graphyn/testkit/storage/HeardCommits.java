package xyz.graphyn.testkit.storage;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import xyz.graphyn.application.event.CommitListener;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;

/** A listener that remembers what it heard, and does what it is told with it. */
public final class HeardCommits implements CommitListener {
    private final Map<AgentKey, List<Event>> heard = new ConcurrentHashMap<>();
    private final Map<AgentKey, Integer> unembedded = new ConcurrentHashMap<>();
    private final Map<AgentKey, Consumer<EventRun>> reactions = new ConcurrentHashMap<>();

    @Override
    public void recorded(EventRun run) {
        heard.computeIfAbsent(run.agent(), unused -> new CopyOnWriteArrayList<>())
                .addAll(run.events());
        reactions.getOrDefault(run.agent(), unused -> {}).accept(run);
    }

    @Override
    public void leftUnembedded(AgentKey agent) {
        unembedded.merge(agent, 1, Integer::sum);
    }

    /** How often it was told that nodes of the agent have no embedding. */
    public int unembedded(AgentKey agent) {
        return unembedded.getOrDefault(agent, 0);
    }

    /** Those of an agent, in the order in which they were told. */
    public List<Event> of(AgentKey agent) {
        return List.copyOf(heard.getOrDefault(agent, List.of()));
    }

    /** From now on, does this with each run of the agent, on the thread that tells of it. */
    public void react(AgentKey agent, Consumer<EventRun> reaction) {
        reactions.put(agent, reaction);
    }
}

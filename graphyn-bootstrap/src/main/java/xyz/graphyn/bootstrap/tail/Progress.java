package xyz.graphyn.bootstrap.tail;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.bootstrap.tail.Incoming.Line;

/** How far each agent's events were printed. It outlives connections, so that the next one goes on where this one stood. */
final class Progress {
    /** Null until the server has said where an agent begins. */
    private final Map<UUID, @Nullable Long> positions = new LinkedHashMap<>();

    Progress(Collection<UUID> agents, @Nullable Long after) {
        agents.forEach(agent -> positions.put(agent, after));
    }

    /** The agents that are watched, each with the {@code seq} behind which it is to be told of. */
    synchronized Map<UUID, @Nullable Long> positions() {
        return new LinkedHashMap<>(positions);
    }

    synchronized void subscribed(UUID agent, long after) {
        advance(agent, after);
    }

    /** Those that are new, in their order; from here on they count as printed. */
    synchronized List<Line> fresh(UUID agent, List<Line> lines) {
        List<Line> fresh = new ArrayList<>();
        for (Line line : lines) {
            if (advance(agent, line.seq())) {
                fresh.add(line);
            }
        }
        return fresh;
    }

    /** @return false if it is there already, or nobody asked for the agent */
    synchronized boolean advance(UUID agent, long seq) {
        if (!positions.containsKey(agent)) {
            return false;
        }
        Long before = positions.get(agent);
        if (before != null && seq <= before) {
            return false;
        }
        positions.put(agent, seq);
        return true;
    }

    /** Watches an agent no more. @return whether any is left */
    synchronized boolean drop(UUID agent) {
        positions.remove(agent);
        return !positions.isEmpty();
    }
}

package xyz.graphyn.application.append;

import java.util.List;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.domain.memory.SetAside;

/**
 * A stretch of an agent's log that becomes memory as a whole.
 *
 * @param after the position of memory that this starts from
 * @param upTo the position behind it, above {@code after}
 * @param nodes made from the events in between, in their order, each with its source; with new ids
 * @param setAside those of the events in between that could not be taken in
 */
public record MemoryStep(AgentKey agent, long after, long upTo, List<RememberedNode> nodes, List<SetAside> setAside) {
    public MemoryStep {
        nodes = List.copyOf(nodes);
        setAside = List.copyOf(setAside);
    }
}

package xyz.graphyn.application.memory;

import java.util.List;
import java.util.OptionalLong;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.RememberedNode;

/**
 * What became of an agent's nodes, for indexes that follow them. Each change of a node, of its embedding or of what was found
 * in it has a version of its own, in the order of commit: whoever has seen one has seen all before it.
 */
public interface MemoryChanges {
    /** As many as {@link #since} may answer at most. */
    int MAX_CHANGES = 2_000;

    /**
     * The version of the latest change that was committed before the call, 0 if there is none; empty if the agent does not
     * exist or was removed.
     */
    OptionalLong version(AgentKey agent);

    /**
     * The changes behind {@code version}, in their order. Of a node that changed more than once, only the last is told. None,
     * up to {@code version} itself, if the agent does not exist or was removed.
     *
     * @param model whose embeddings are wanted
     * @param limit how many at most, 1 to {@value #MAX_CHANGES}; fewer come if their contents are together larger than some 8
     *     million characters, but at least one if there is one
     */
    Changes since(AgentKey agent, long version, String model, int limit);

    /**
     * @param changed as they are now, in the order of their versions
     * @param removed that are not there any more, whether or not the reader has ever heard of them
     * @param version up to which this tells; where to go on
     * @param more whether there was more
     */
    record Changes(List<RememberedNode> changed, List<NodeId> removed, long version, boolean more) {
        public Changes {
            changed = List.copyOf(changed);
            removed = List.copyOf(removed);
        }
    }
}

package xyz.graphyn.application.memory;

import java.util.List;
import java.util.Optional;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

/**
 * Where nodes are read; they are written by the {@link xyz.graphyn.application.append.Appender} only. A change that was
 * answered is seen by every later call.
 */
public interface NodeStore {
    Optional<Node> find(AgentKey agent, NodeId id);

    /**
     * Those of the nodes that the agent has, in the order in which they were named. Where their contents together are larger than
     * {@value #MAX_FOUND_BYTES} bytes, only the first of them that are not, and the first in any case.
     *
     * @param ids at most {@value #MAX_FOUND}, each once
     */
    List<Node> findAll(AgentKey agent, List<NodeId> ids);

    int MAX_FOUND = 2_000;

    /** More than any prompt holds; a node alone may have an eighth of it. */
    int MAX_FOUND_BYTES = 8 << 20;

    /** By {@code occurredAt} and then id, both descending. Costs no more the deeper the page lies. */
    Page<Node> page(AgentKey agent, NodeQuery query);
}

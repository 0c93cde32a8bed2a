package xyz.graphyn.application.memory;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.NodeId;

/** What linking reads beside the changes of memory. It is written by {@link xyz.graphyn.application.append.Appender#link}. */
public interface LinkStore {
    /** As many as {@link #before} may answer at most. */
    int MAX_BEFORE = 4_000;

    /**
     * The version of memory up to which it is linked.
     *
     * @throws xyz.graphyn.application.access.Refusal.NotFound if the agent does not exist or was removed
     */
    long linkedVersion(AgentKey agent);

    /** Those of the keys that some node of the agent has, as far as it is linked. Each is looked up by itself. */
    Set<String> known(AgentKey agent, Collection<String> keys);

    /**
     * The nodes before a place in the order of time and then of id, the latest of them first, embedded or not.
     *
     * @param model whose embeddings are wanted
     * @param limit how many at most, 1 to {@value #MAX_BEFORE}
     */
    List<Earlier> before(AgentKey agent, Instant occurredAt, NodeId id, String model, int limit);

    /**
     * @param vector of the model, if the node has one passage; null if it has none of the model, or is too long to be like
     *     another as a whole
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and thousands are held.
    record Earlier(NodeId id, Instant occurredAt, byte @Nullable [] vector) {}
}

package xyz.graphyn.application.memory;

import java.util.List;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Node;

/**
 * Agents of any organization whose memory is behind: that have events it has not taken in, changes that are not linked, nodes whose tokens nobody has
 * counted, or nodes without an embedding of the present model. They are found without reading the others. What the appender has committed is here, whoever died since.
 */
public interface MemoryBacklog {
    /**
     * Takes some agents, for the ten seconds to come: who was cut off is waited for as long. Those of whom nobody has taken hold
     * longest come first. Safe to call on several servers at once.
     *
     * @param model the present one; empty if there is none
     */
    List<AgentKey> take(String model, int limit);

    /** Takes one agent that may be behind; false if somebody else has it, or it is not behind any more. */
    boolean take(AgentKey agent, String model);

    /** Gives an agent back before its time, done or not. */
    void giveBack(AgentKey agent);

    /**
     * The position of memory in the agent's log.
     *
     * @throws xyz.graphyn.application.access.Refusal.NotFound if the agent does not exist or was removed
     */
    long processedSeq(AgentKey agent);

    /**
     * Nodes whose tokens nobody has counted, and those without an embedding of the model: first those without any, then oldest
     * first. None if the agent does not exist or was removed.
     *
     * @param model empty if there is none; then none lacks an embedding
     * @param limit how many at most; fewer come if their contents are together larger than some 4 million bytes, but at least
     *     one if there is one
     */
    List<Incomplete> incomplete(AgentKey agent, String model, int limit);

    /** @param version of the node, which is another after every change: see {@link MemoryChanges} */
    record Incomplete(Node node, long version) {}
}

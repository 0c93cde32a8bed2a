package xyz.graphyn.application.memory;

import java.util.List;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Node;

/**
 * Agents of any organization whose memory is behind: that have events it has not taken in, or nodes without an embedding of
 * the present model. They are found without reading the others. What the appender has committed is here, whoever died since.
 */
public interface MemoryBacklog {
    /**
     * Takes some agents, for the minute to come: who was cut off is waited for as long. Those of whom nobody has taken hold
     * longest come first. Safe to call on several servers at once.
     *
     * @param model the present one; empty if there is none
     */
    List<AgentKey> take(String model, int limit);

    /** Takes one agent that is known to be behind; false if somebody else has it, or it is not behind any more. */
    boolean take(AgentKey agent, String model);

    /** Gives an agent back before its time, done or not. */
    void giveBack(AgentKey agent);

    /** The position of memory in the agent's log. */
    long processedSeq(AgentKey agent);

    /** Nodes without an embedding of the model, oldest first. */
    List<Node> unembedded(AgentKey agent, String model, int limit);
}

package xyz.graphyn.application.memory;

import xyz.graphyn.domain.agent.AgentKey;

/** Hears how far memory is, right after a step of this server was committed; of those of other servers it hears nothing. */
@FunctionalInterface
public interface MemoryListener {
    MemoryListener NONE = (agent, processedSeq) -> {};

    /** Called on the thread that brings memory forward: it must return at once, and not throw. */
    void advanced(AgentKey agent, long processedSeq);
}

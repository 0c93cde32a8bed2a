package xyz.graphyn.application.memory;

import xyz.graphyn.domain.agent.AgentKey;

/** Brings an agent's memory up to date, for tests of other features. */
public final class Remembering {
    private Remembering() {}

    public static void all(MemorySteps steps, AgentKey agent) {
        boolean first = true;
        while (steps.step(agent, first)) {
            first = false;
        }
    }
}

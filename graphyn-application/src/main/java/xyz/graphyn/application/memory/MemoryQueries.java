package xyz.graphyn.application.memory;

import java.time.InstantSource;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.MemoryState;
import xyz.graphyn.domain.memory.SetAside;

/**
 * How far an agent's memory is. Nothing that it holds is told: numbers, ids, and errors that repeat nothing of a payload. Every
 * method throws a {@link Refusal} if the caller may not read the agent.
 */
public final class MemoryQueries {
    private final AgentGate gate;
    private final MemoryStore memory;
    private final InstantSource clock;

    public MemoryQueries(AgentGate gate, MemoryStore memory, InstantSource clock) {
        this.gate = gate;
        this.memory = memory;
        this.clock = clock;
    }

    public MemoryState state(Caller caller, AgentId agent) {
        AgentKey key = gate.require(caller, agent, AgentPermission.READ);
        return memory.state(key, clock.instant()).orElseThrow(() -> new Refusal.NotFound("agent"));
    }

    /** @see MemoryStore#setAside */
    public Page<SetAside> setAside(Caller caller, AgentId agent, long after, int limit) {
        return memory.setAside(gate.require(caller, agent, AgentPermission.READ), after, limit);
    }
}

package xyz.graphyn.application.agent;

import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.access.AccessPolicy;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * What stands before everything that an agent has. An agent that the caller may not see is refused like one that does not
 * exist; one that they may see, but not use like this, is refused openly.
 */
public final class AgentGate {
    private final AgentStore agents;

    public AgentGate(AgentStore agents) {
        this.agents = agents;
    }

    /**
     * @return the agent's key, which only exists for a caller who was let through
     * @throws Refusal.NotFound if there is no such agent, or none that the caller may see
     * @throws Refusal.NotAllowed if they may see it, but not do this
     */
    public AgentKey require(Caller caller, AgentId agent, AgentPermission needed) {
        AgentKey key = caller.key(agent);
        check(caller, agents.creatorOf(key).orElseThrow(AgentGate::unknown), needed);
        return key;
    }

    /** The same for an agent that was read already. */
    static void check(Caller caller, String createdBy, AgentPermission needed) {
        AgentPermission held = AccessPolicy.onAgent(caller.principal(), createdBy);
        if (held.covers(needed)) {
            return;
        }
        if (held.covers(AgentPermission.EXISTENCE)) {
            throw new Refusal.NotAllowed("Your role does not let you "
                    + switch (needed) {
                        case NONE, EXISTENCE, READ -> "read";
                        case WRITE -> "write to";
                        case MANAGE -> "manage";
                    }
                    + " this agent.");
        }
        throw unknown();
    }

    static Refusal.NotFound unknown() {
        return new Refusal.NotFound("agent");
    }
}

package xyz.graphyn.domain.access;

/** How far a principal may go with one agent. Each level includes those before it. */
public enum AgentPermission {
    /** Not even that it exists. */
    NONE,
    /** That it exists, and its name. */
    EXISTENCE,
    /** What it is, did and remembers. */
    READ,
    /** To record events and change memory. */
    WRITE,
    /** To change or remove the agent itself. */
    MANAGE;

    public boolean covers(AgentPermission needed) {
        return compareTo(needed) >= 0;
    }
}

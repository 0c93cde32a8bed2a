package xyz.graphyn.domain.audit;

/** What was done. The code is part of the API's contract and of every export: it is never changed, only added to. */
public enum AuditAction {
    AGENT_CREATED("agent.created"),
    AGENT_CHANGED("agent.changed"),
    AGENT_DELETED("agent.deleted"),
    NODES_ADDED("nodes.added"),
    NODE_CHANGED("node.changed"),
    NODE_REMOVED("node.removed"),
    EVENTS_RECORDED("events.recorded");

    private final String code;

    AuditAction(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}

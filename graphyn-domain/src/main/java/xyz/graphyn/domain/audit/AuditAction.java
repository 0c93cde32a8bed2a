package xyz.graphyn.domain.audit;

/** What was done. The code is part of the API's contract and of every export: it is never changed, only added to. */
public enum AuditAction {
    AGENT_CREATED("agent.created"),
    AGENT_CHANGED("agent.changed"),
    AGENT_DELETED("agent.deleted"),
    NODES_ADDED("nodes.added"),
    NODE_CHANGED("node.changed"),
    NODE_REMOVED("node.removed"),
    EDGES_ADDED("edges.added"),
    EDGE_CHANGED("edge.changed"),
    EDGE_REMOVED("edge.removed"),
    /** Events that memory had set aside were tried again. */
    MEMORY_RETRIED("memory.retried"),
    EVENTS_RECORDED("events.recorded"),
    /** Somebody was answered with data that has something sensitive in it, hidden or as it is. */
    DATA_DISCLOSED("data.disclosed"),
    /** The same for a live stream, for the next ten seconds. */
    STREAM_DISCLOSED("stream.disclosed"),
    MASKING_CHANGED("masking.changed"),
    /** What savings are measured against. */
    SAVINGS_CHANGED("savings.changed");

    private final String code;

    AuditAction(String code) {
        this.code = code;
    }

    public String code() {
        return code;
    }
}

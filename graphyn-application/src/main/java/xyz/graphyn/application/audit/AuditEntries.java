package xyz.graphyn.application.audit;

import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.identifier.IdGenerator;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.audit.AuditEntry.Target;
import xyz.graphyn.domain.memory.EdgeId;
import xyz.graphyn.domain.memory.NodeId;

/** Makes audit entries with an id and a time of their own. */
public final class AuditEntries {
    private final IdGenerator ids;
    private final InstantSource clock;

    public AuditEntries(IdGenerator ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    public AuditEntry onAgent(Caller caller, AuditAction action, AgentId agent, Map<String, String> details) {
        return entry(caller, action, Target.Kind.AGENT, agent.value(), agent.value(), details);
    }

    public AuditEntry onNode(
            Caller caller, AuditAction action, AgentId agent, NodeId node, Map<String, String> details) {
        return entry(caller, action, Target.Kind.NODE, agent.value(), node.value(), details);
    }

    public AuditEntry onEdge(
            Caller caller, AuditAction action, AgentId agent, EdgeId edge, Map<String, String> details) {
        return entry(caller, action, Target.Kind.EDGE, agent.value(), edge.value(), details);
    }

    /** On the caller's organization as a whole. */
    public AuditEntry onOrganization(Caller caller, AuditAction action, Map<String, String> details) {
        return entry(
                caller,
                action,
                Target.Kind.ORGANIZATION,
                null,
                caller.organization().value(),
                details);
    }

    private AuditEntry entry(
            Caller caller,
            AuditAction action,
            Target.Kind kind,
            @Nullable UUID agent,
            UUID target,
            Map<String, String> details) {
        return new AuditEntry(
                ids.next(),
                caller.organization(),
                clock.instant(),
                caller.actor(),
                action,
                new Target(kind, agent, target),
                caller.requestId(),
                details);
    }
}

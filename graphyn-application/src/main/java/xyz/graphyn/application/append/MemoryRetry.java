package xyz.graphyn.application.append;

import java.util.List;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.domain.memory.SetAside;

/**
 * Another attempt at events that were set aside.
 *
 * @param tried the {@code seq} of each event that was tried
 * @param nodes made from those that succeeded, in the order of their {@code seq}
 * @param setAside those that failed again; how often they were tried is counted by the appender
 */
public record MemoryRetry(
        AgentKey agent, List<Long> tried, List<RememberedNode> nodes, List<SetAside> setAside, AuditEntry audit) {
    public MemoryRetry {
        tried = List.copyOf(tried);
        nodes = List.copyOf(nodes);
        setAside = List.copyOf(setAside);
    }
}

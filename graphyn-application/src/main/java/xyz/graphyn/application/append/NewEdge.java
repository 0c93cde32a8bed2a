package xyz.graphyn.application.append;

import java.util.function.Function;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.memory.Edge;

/**
 * An edge that somebody tells, or that memory has found.
 *
 * @param edge with a new id; it is not used if the agent has an edge of the same fact
 * @param audit makes the entry from the outcome; must be quick and without effect, since it runs in the transaction
 */
public record NewEdge(AgentKey agent, Edge edge, Function<AddedEdge, AuditEntry> audit) {}

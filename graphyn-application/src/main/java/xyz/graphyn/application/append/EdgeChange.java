package xyz.graphyn.application.append;

import java.util.function.UnaryOperator;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.EdgeId;

/**
 * A change of one edge.
 *
 * @param edit makes the new edge from the present one, with the same id, nodes and relation; must be quick and without
 *     effect, since it runs in the transaction and may run again. What it throws passes, and nothing is changed. If it gives
 *     back an equal edge, nothing is changed either.
 */
public record EdgeChange(AgentKey agent, EdgeId edge, UnaryOperator<Edge> edit, AuditEntry audit) {}

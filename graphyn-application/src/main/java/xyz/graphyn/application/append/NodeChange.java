package xyz.graphyn.application.append;

import java.util.function.UnaryOperator;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

/**
 * A change of one node.
 *
 * @param edit makes the new node from the present one, with the same id; must be quick and without effect, since it runs in
 *     the transaction and may run again. What it throws passes, and nothing is changed. If it gives back an equal node,
 *     nothing is changed either.
 */
public record NodeChange(AgentKey agent, NodeId node, UnaryOperator<Node> edit, AuditEntry audit) {}

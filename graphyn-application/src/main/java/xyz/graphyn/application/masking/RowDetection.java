package xyz.graphyn.application.masking;

import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.Node;

/**
 * Searches rows that are stored already, by the present rules of their organization. What the row itself says of findings is
 * not looked at.
 */
public interface RowDetection {
    Findings inAgent(Agent agent);

    Findings inEvent(OrganizationId organization, Event event);

    Findings inNode(OrganizationId organization, Node node);

    Findings inEdge(OrganizationId organization, Edge edge);
}

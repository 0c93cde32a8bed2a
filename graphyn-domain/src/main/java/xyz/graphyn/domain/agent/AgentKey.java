package xyz.graphyn.domain.agent;

import xyz.graphyn.domain.access.OrganizationId;

/** An agent with its tenant: what every store is asked by, so that no question can forget whose it is. */
public record AgentKey(OrganizationId organization, AgentId agent) {}

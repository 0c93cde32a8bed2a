/**
 * Agents and what they leave behind when they are removed. An agent lives as long as it has a row in {@code agent_head};
 * whoever reads what an agent has asks for that row in the same statement.
 */
@NullMarked
package xyz.graphyn.adapter.postgres.agent;

import org.jspecify.annotations.NullMarked;

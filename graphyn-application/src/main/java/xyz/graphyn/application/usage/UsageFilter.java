package xyz.graphyn.application.usage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.agent.AgentId;

/**
 * Which rows are meant. Every condition that is given must hold.
 *
 * @param subject of this user or key; null for all of the organization
 * @param from the first day (UTC)
 * @param to the day after the last
 * @param agent of this one
 * @param model of this one, by its whole name
 */
public record UsageFilter(
        @Nullable String subject,
        LocalDate from,
        LocalDate to,
        @Nullable AgentId agent,
        @Nullable String model) {}

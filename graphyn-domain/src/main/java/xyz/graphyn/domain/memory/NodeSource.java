package xyz.graphyn.domain.memory;

import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.event.EventId;

/**
 * The event that a node was made from.
 *
 * @param externalId the event's
 */
public record NodeSource(EventId event, @Nullable String externalId) {}

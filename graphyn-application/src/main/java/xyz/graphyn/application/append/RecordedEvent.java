package xyz.graphyn.application.append;

import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.event.EventId;

/**
 * What became of one event of a batch.
 *
 * @param created false if the agent had an event of this {@code externalId} already; id and seq are that one's
 */
public record RecordedEvent(EventId id, long seq, @Nullable String externalId, boolean created) {}

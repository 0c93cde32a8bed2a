package xyz.graphyn.application.append;

import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.memory.NodeId;

/**
 * What became of one node of a batch.
 *
 * @param created false if the agent had a node of this {@code externalId} already; the id is that one's
 */
public record AddedNode(NodeId id, @Nullable String externalId, boolean created) {}

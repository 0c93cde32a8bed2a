package xyz.graphyn.domain.memory;

import java.util.Optional;

/**
 * A node, and what is known of it beside itself.
 *
 * @param embedding empty if there is none of the model that is meant, yet
 */
public record RememberedNode(Node node, Optional<Embedding> embedding) {}

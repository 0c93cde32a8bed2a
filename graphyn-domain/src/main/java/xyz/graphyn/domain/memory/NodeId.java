package xyz.graphyn.domain.memory;

import java.util.UUID;

/** A node of an agent's memory; a UUIDv7. */
public record NodeId(UUID value) implements Comparable<NodeId> {
    /** In the order of creation, which for version 7 is also that of the text and of PostgreSQL. */
    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

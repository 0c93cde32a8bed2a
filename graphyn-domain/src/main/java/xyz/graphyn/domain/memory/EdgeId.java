package xyz.graphyn.domain.memory;

import java.util.UUID;

/** An edge between two nodes of an agent's memory; a UUIDv7. */
public record EdgeId(UUID value) implements Comparable<EdgeId> {
    /** In the order of creation, which for version 7 is also that of the text and of PostgreSQL. */
    @Override
    public int compareTo(EdgeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

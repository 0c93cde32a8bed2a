package xyz.graphyn.domain.memory;

import java.util.UUID;

/** A node of an agent's memory; a UUIDv7. */
public record NodeId(UUID value) implements Comparable<NodeId> {
    /** In the order of the unsigned value, which is that of the text and of PostgreSQL. */
    @Override
    public int compareTo(NodeId other) {
        int high = Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

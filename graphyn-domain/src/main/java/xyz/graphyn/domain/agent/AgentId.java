package xyz.graphyn.domain.agent;

import java.util.UUID;

/** An agent; a UUIDv7, so that ids sort by the time of creation. */
public record AgentId(UUID value) implements Comparable<AgentId> {
    /** In the order of the unsigned value, which is that of the text and of PostgreSQL. */
    @Override
    public int compareTo(AgentId other) {
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

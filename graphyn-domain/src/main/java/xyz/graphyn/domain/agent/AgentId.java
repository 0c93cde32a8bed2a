package xyz.graphyn.domain.agent;

import java.util.UUID;

/** An agent; a UUIDv7, so that ids sort by the time of creation. */
public record AgentId(UUID value) implements Comparable<AgentId> {
    /** In the order of creation, which for version 7 is also that of the text and of PostgreSQL. */
    @Override
    public int compareTo(AgentId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}

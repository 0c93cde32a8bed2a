package xyz.graphyn.domain.event;

import java.util.UUID;

/** An event; a UUIDv7. */
public record EventId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}

package xyz.graphyn.domain.usage;

import java.util.UUID;

/** A row of the meter; a UUIDv7. */
public record UsageId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}

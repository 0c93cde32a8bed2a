package xyz.graphyn.domain.access;

import java.util.UUID;

/** A tenant. Every agent, node, event and audit entry belongs to exactly one. */
public record OrganizationId(UUID value) {
    @Override
    public String toString() {
        return value.toString();
    }
}

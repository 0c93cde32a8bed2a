package xyz.graphyn.domain.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling.
 *
 * @param organization the tenant in which they act; nothing outside it can be reached
 * @param subject the user's id with the issuer of their token
 * @param role what they are to the organization
 * @param impersonator who acts in their place, for the audit trail; null when it is themselves
 * @param expiresAt from when on they are nobody
 */
public record Principal(
        OrganizationId organization,
        String subject,
        Role role,
        @Nullable String impersonator,
        Instant expiresAt) {

    public Actor actor() {
        return new Actor(subject, impersonator);
    }
}

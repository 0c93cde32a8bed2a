package xyz.graphyn.application.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.access.Role;

/**
 * What a session token said, after its signature and its times were found good.
 *
 * @param issuer the token's {@code iss}
 * @param subject the token's {@code sub}: the user, unique within the issuer
 * @param organization the issuer's own id of the active organization; null when the user acts for themselves
 * @param role the role in that organization; {@link Role#ADMIN} when the user acts for themselves
 * @param impersonator who acts in the user's place (RFC 8693 {@code act}), kept for the audit trail
 * @param expiresAt the token's {@code exp}: nothing may be done with this session from then on
 */
public record VerifiedSession(
        String issuer,
        String subject,
        @Nullable String organization,
        Role role,
        @Nullable String impersonator,
        Instant expiresAt) {}

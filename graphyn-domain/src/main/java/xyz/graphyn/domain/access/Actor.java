package xyz.graphyn.domain.access;

import org.jspecify.annotations.Nullable;

/**
 * Who is named in the audit trail.
 *
 * @param subject the user's id with their issuer
 * @param impersonator who acted in their place; null when it was themselves
 */
public record Actor(String subject, @Nullable String impersonator) {}

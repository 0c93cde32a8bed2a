package xyz.graphyn.application.access;

import xyz.graphyn.domain.access.OrganizationId;

/**
 * Which organization of ours stands for which organization of an issuer's.
 *
 * <p>The answer for one {@link ExternalOrganization} never changes, so it may be kept for good.
 */
public interface OrganizationDirectory {
    /**
     * The organization's own id, a UUIDv7, made at the first call. Any number of concurrent first calls, on however many
     * servers, get the same id. Idempotent; a unit of its own, which does not join a unit of work.
     */
    OrganizationId resolve(ExternalOrganization organization);
}

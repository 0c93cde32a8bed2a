package xyz.graphyn.adapter.postgres.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import xyz.graphyn.application.access.ExternalOrganization;
import xyz.graphyn.application.access.OrganizationDirectory;
import xyz.graphyn.domain.access.OrganizationId;

/** Remembers the answers of another directory, which never change. */
public final class CachingOrganizationDirectory implements OrganizationDirectory {
    /** A few megabytes; far more organizations than one server is asked for in a minute. */
    private static final int MOST = 10_000;

    private final OrganizationDirectory directory;
    private final Cache<ExternalOrganization, OrganizationId> known =
            Caffeine.newBuilder().maximumSize(MOST).build();

    public CachingOrganizationDirectory(OrganizationDirectory directory) {
        this.directory = directory;
    }

    /** Asks outside the cache's own lock, which must not be held while the database is waited for. */
    @Override
    public OrganizationId resolve(ExternalOrganization organization) {
        OrganizationId remembered = known.getIfPresent(organization);
        if (remembered != null) {
            return remembered;
        }
        OrganizationId found = directory.resolve(organization);
        known.put(organization, found);
        return found;
    }
}

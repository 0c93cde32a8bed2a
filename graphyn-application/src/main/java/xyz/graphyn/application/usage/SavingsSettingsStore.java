package xyz.graphyn.application.usage;

import java.util.Optional;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.usage.SavingsSettings;

/** Where organizations' {@link SavingsSettings} are kept. */
public interface SavingsSettingsStore {
    /** Empty for an organization that has decided nothing yet. What {@link #put} has committed is found by every call. */
    Optional<SavingsSettings> find(OrganizationId organization);

    /** The same, and the default where nothing was decided. */
    default SavingsSettings settings(OrganizationId organization) {
        return find(organization).orElse(SavingsSettings.DEFAULT);
    }

    /**
     * Keeps the settings in the place of those before. Joins the unit of work, which must be of the organization: without one
     * it fails with {@link IllegalStateException}.
     *
     * @return those that it replaced; empty if there were none
     */
    Optional<SavingsSettings> put(OrganizationId organization, SavingsSettings settings);
}

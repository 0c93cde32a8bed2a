package xyz.graphyn.application.masking;

import java.util.Optional;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.masking.MaskingSettings;

/** Where organizations' {@link MaskingSettings} are kept. */
public interface MaskingSettingsStore {
    /** Empty for an organization that has decided nothing yet. What {@link #replace} has committed is found by every call. */
    Optional<MaskingSettings> find(OrganizationId organization);

    /** The same, and the default where nothing was decided. */
    default MaskingSettings settings(OrganizationId organization) {
        return find(organization).orElse(MaskingSettings.DEFAULT);
    }

    /**
     * Replaces the settings. Joins the unit of work, which must be of the organization: without one it fails with
     * {@link IllegalStateException}.
     *
     * @param before the revision of the settings that the change starts from; 0 if there were none
     * @throws IllegalArgumentException if they do not {@linkplain MaskingSettings#requireFollows follow} the present ones
     * @return false, with nothing changed, if somebody else has changed them since
     */
    boolean replace(OrganizationId organization, int before, MaskingSettings settings);
}

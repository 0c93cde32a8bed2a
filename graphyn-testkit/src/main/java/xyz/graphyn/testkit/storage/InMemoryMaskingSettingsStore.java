package xyz.graphyn.testkit.storage;

import java.util.Optional;
import xyz.graphyn.application.masking.MaskingSettingsStore;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.masking.MaskingSettings;

record InMemoryMaskingSettingsStore(InMemoryDatabase database) implements MaskingSettingsStore {
    @Override
    public Optional<MaskingSettings> find(OrganizationId organization) {
        return database.read(tables -> Optional.ofNullable(tables.maskingSettings.get(organization)));
    }

    @Override
    public boolean replace(OrganizationId organization, int before, MaskingSettings settings) {
        database.requireUnit(organization);
        return database.write(organization, tables -> {
            MaskingSettings present = tables.maskingSettings.getOrDefault(organization, MaskingSettings.DEFAULT);
            if (present.revision() != before) {
                return false;
            }
            settings.requireFollows(present);
            tables.maskingSettings.put(organization, settings);
            return true;
        });
    }
}

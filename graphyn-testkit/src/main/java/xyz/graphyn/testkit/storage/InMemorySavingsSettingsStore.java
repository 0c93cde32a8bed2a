package xyz.graphyn.testkit.storage;

import java.util.Optional;
import xyz.graphyn.application.usage.SavingsSettingsStore;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.usage.SavingsSettings;

record InMemorySavingsSettingsStore(InMemoryDatabase database) implements SavingsSettingsStore {
    @Override
    public Optional<SavingsSettings> find(OrganizationId organization) {
        return database.read(tables -> Optional.ofNullable(tables.savingsSettings.get(organization)));
    }

    @Override
    public Optional<SavingsSettings> put(OrganizationId organization, SavingsSettings settings) {
        database.requireUnit(organization);
        return database.write(
                organization, tables -> Optional.ofNullable(tables.savingsSettings.put(organization, settings)));
    }
}

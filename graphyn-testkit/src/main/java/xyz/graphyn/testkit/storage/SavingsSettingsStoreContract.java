package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.usage.SavingsSettingsStore;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.usage.SavingsSettings;

/** {@link SavingsSettingsStore}. */
public interface SavingsSettingsStoreContract extends StorageContract {
    private SavingsSettingsStore settings() {
        return storage().savingsSettings();
    }

    private Optional<SavingsSettings> put(OrganizationId organization, int windowMessages) {
        return storage()
                .unitOfWork()
                .run(organization, () -> settings().put(organization, new SavingsSettings(windowMessages)));
    }

    @Test
    default void hasTheDefaultWhereNothingWasDecided() {
        OrganizationId organization = newOrganization();
        assertEquals(Optional.empty(), settings().find(organization));
        assertEquals(SavingsSettings.DEFAULT, settings().settings(organization));
    }

    @Test
    default void keepsTheLatestOfEachOrganization() {
        OrganizationId organization = newOrganization();
        OrganizationId other = newOrganization();
        assertEquals(Optional.empty(), put(organization, 5));
        assertEquals(Optional.of(new SavingsSettings(5)), put(organization, 1_000));
        assertEquals(Optional.of(new SavingsSettings(1_000)), settings().find(organization));
        assertEquals(Optional.empty(), settings().find(other));
    }

    @Test
    default void keepsNothingOfAUnitOfWorkThatFails() {
        OrganizationId organization = newOrganization();
        put(organization, 5);
        assertThrows(
                IllegalArgumentException.class,
                () -> storage().unitOfWork().run(organization, () -> {
                    settings().put(organization, new SavingsSettings(6));
                    throw new IllegalArgumentException("on purpose");
                }));
        assertEquals(Optional.of(new SavingsSettings(5)), settings().find(organization));
    }

    @Test
    default void failsOutsideAUnitOfWork() {
        assertThrows(IllegalStateException.class, () -> settings().put(newOrganization(), SavingsSettings.DEFAULT));
    }
}

package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.masking.MaskingSettingsStore;
import xyz.graphyn.domain.access.AccessLevel;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.access.Role;
import xyz.graphyn.domain.masking.DetectionRules;
import xyz.graphyn.domain.masking.DetectionRules.CustomPattern;
import xyz.graphyn.domain.masking.DetectionRules.SensitiveField;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.MaskingPolicy;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** {@link MaskingSettingsStore}. */
public interface MaskingSettingsStoreContract extends StorageContract {
    private MaskingSettingsStore settings() {
        return storage().maskingSettings();
    }

    static MaskingSettings ofRevision(int revision) {
        return new MaskingSettings(
                new DetectionRules(revision, Set.of("DE"), List.of(), List.of()), MaskingPolicy.DEFAULT);
    }

    /** In a unit of work of its own. */
    private boolean replace(OrganizationId organization, int before, MaskingSettings with) {
        return storage().unitOfWork().run(organization, () -> settings().replace(organization, before, with));
    }

    @Test
    default void hasNoneOfAnOrganizationThatDecidedNothing() {
        assertEquals(Optional.empty(), settings().find(newOrganization()));
    }

    @Test
    default void keepsSettingsAsTheyWereMade() {
        OrganizationId organization = newOrganization();
        MaskingSettings full = new MaskingSettings(
                new DetectionRules(
                        1,
                        Set.of("US", "DE", "FR"),
                        List.of(
                                new SensitiveField("**.customer.name", new Kind("CUSTOMER_NAME")),
                                new SensitiveField("a.\"b\\.*", Kind.SECRET)),
                        List.of(
                                new CustomPattern("case", "C-[0-9]{4,}\\b|\"{}\",\\\\", new Kind("CASE_NUMBER")),
                                new CustomPattern("other-1", Samples.NASTY_TEXT, Kind.SECRET))),
                new MaskingPolicy(
                        Map.of(
                                Role.ADMIN, AccessLevel.PARTIAL,
                                Role.MEMBER, AccessLevel.PARTIAL,
                                Role.VIEWER, AccessLevel.MASKED,
                                Role.AUDITOR, AccessLevel.MASKED),
                        Set.of(Kind.IP_ADDRESS, Kind.EMAIL)));
        assertTrue(replace(organization, 0, full));
        assertEquals(Optional.of(full), settings().find(organization));
        MaskingSettings empty = new MaskingSettings(
                new DetectionRules(2, Set.of(), List.of(), List.of()),
                new MaskingPolicy(MaskingPolicy.DEFAULT.levels(), Set.of()));
        assertTrue(replace(organization, 1, empty));
        assertEquals(Optional.of(empty), settings().find(organization));
        assertEquals(Optional.empty(), settings().find(newOrganization()));
    }

    @Test
    default void refusesAChangeThatStartsFromOldRules() {
        OrganizationId organization = newOrganization();
        assertFalse(replace(organization, 3, ofRevision(4)));
        assertEquals(Optional.empty(), settings().find(organization));
        assertTrue(replace(organization, 0, ofRevision(1)));
        assertFalse(replace(organization, 0, ofRevision(2)));
        assertEquals(Optional.of(ofRevision(1)), settings().find(organization));
    }

    @Test
    default void changesThePolicyWithoutTouchingTheRules() {
        OrganizationId organization = newOrganization();
        assertTrue(replace(organization, 0, ofRevision(1)));
        MaskingSettings other = unhiding(ofRevision(1), Kind.EMAIL);
        assertTrue(replace(organization, 1, other));
        assertEquals(Optional.of(other), settings().find(organization));
        assertEquals(1, other.rules().revision());
        assertFalse(replace(organization, 1, unhiding(ofRevision(1), Kind.PHONE)));
        assertEquals(Optional.of(other), settings().find(organization));
    }

    private static MaskingSettings unhiding(MaskingSettings before, Kind kind) {
        return before.changedTo(before.rules(), new MaskingPolicy(MaskingPolicy.DEFAULT.levels(), Set.of(kind)));
    }

    @Test
    default void losesNoneOfManyChangesOfThePolicyAlone() {
        OrganizationId organization = newOrganization();
        for (int before = 0; before < 3; before++) {
            int from = before;
            MaskingSettings present = settings().find(organization).orElse(MaskingSettings.DEFAULT);
            List<Kind> kinds = IntStream.range(0, 4)
                    .mapToObj(i -> new Kind("ROUND_" + from + "_" + i))
                    .toList();
            List<Boolean> outcomes =
                    Concurrently.run(4, i -> replace(organization, from, unhiding(present, kinds.get(i))));
            assertEquals(1, outcomes.stream().filter(Boolean::booleanValue).count());
            assertEquals(
                    Set.of(kinds.get(outcomes.indexOf(true))),
                    settings().find(organization).orElseThrow().policy().unhidden());
        }
    }

    @Test
    default void refusesAnotherPolicyOfTheSameRevision() {
        OrganizationId organization = newOrganization();
        MaskingSettings other = new MaskingSettings(
                DetectionRules.DEFAULT,
                unhiding(MaskingSettings.DEFAULT, Kind.EMAIL).policy());
        assertThrows(IllegalArgumentException.class, () -> replace(organization, 0, other));
        assertEquals(Optional.empty(), settings().find(organization));
    }

    @Test
    default void refusesOtherRulesOfTheSameRevision() {
        OrganizationId organization = newOrganization();
        assertThrows(IllegalArgumentException.class, () -> replace(organization, 0, ofRevision(0)));
        assertEquals(Optional.empty(), settings().find(organization));
    }

    @Test
    default void letsOneOfManyChangesThrough() {
        OrganizationId organization = newOrganization();
        for (int before = 0; before < 3; before++) {
            int from = before;
            List<Boolean> outcomes = Concurrently.run(4, i -> replace(organization, from, ofRevision(from + 1)));
            assertEquals(1, outcomes.stream().filter(Boolean::booleanValue).count());
        }
        assertEquals(Optional.of(ofRevision(3)), settings().find(organization));
    }

    @Test
    default void forgetsAChangeWhoseUnitOfWorkFails() {
        OrganizationId organization = newOrganization();
        assertThrows(
                IllegalArgumentException.class,
                () -> storage().unitOfWork().run(organization, () -> {
                    assertTrue(settings().replace(organization, 0, ofRevision(1)));
                    assertEquals(Optional.of(ofRevision(1)), settings().find(organization));
                    throw new IllegalArgumentException("the deed fails");
                }));
        assertEquals(Optional.empty(), settings().find(organization));
    }

    @Test
    default void changesNothingOutsideAUnitOfWorkOfTheOrganization() {
        OrganizationId organization = newOrganization();
        assertThrows(IllegalStateException.class, () -> settings().replace(organization, 0, ofRevision(1)));
        assertThrows(
                IllegalStateException.class,
                () -> storage()
                        .unitOfWork()
                        .run(newOrganization(), () -> settings().replace(organization, 0, ofRevision(1))));
    }
}

package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.ExternalOrganization;
import xyz.graphyn.application.access.ExternalOrganization.Kind;
import xyz.graphyn.application.access.OrganizationDirectory;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.testkit.Concurrently;

/** {@link OrganizationDirectory}: one id for one organization, for good. */
public interface OrganizationDirectoryContract extends StorageContract {
    private OrganizationId resolve(String issuer, Kind kind, String id) {
        return storage().organizations().resolve(new ExternalOrganization(issuer, kind, id));
    }

    @Test
    default void givesTheSameIdAgain() {
        String id = IDS.next().toString();
        OrganizationId first = resolve("https://a.example", Kind.ORGANIZATION, id);
        assertEquals(first, resolve("https://a.example", Kind.ORGANIZATION, id));
        assertEquals(7, first.value().version());
    }

    @Test
    default void tellsIssuersKindsAndIdsApart() {
        String id = IDS.next().toString();
        Set<OrganizationId> ids = new HashSet<>(List.of(
                resolve("https://a.example", Kind.ORGANIZATION, id),
                resolve("https://b.example", Kind.ORGANIZATION, id),
                resolve("https://a.example", Kind.PERSONAL, id),
                resolve("https://a.example", Kind.ORGANIZATION, id + "'")));
        assertEquals(4, ids.size());
    }

    @Test
    default void givesOneIdToConcurrentFirstCalls() {
        String id = IDS.next().toString();
        Set<OrganizationId> ids =
                new HashSet<>(Concurrently.run(20, i -> resolve("https://a.example", Kind.ORGANIZATION, id)));
        assertEquals(1, ids.size());
    }
}

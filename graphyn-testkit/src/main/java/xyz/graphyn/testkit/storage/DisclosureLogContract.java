package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.audit.DisclosureLog;
import xyz.graphyn.domain.access.Actor;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** {@link DisclosureLog}: what is answered is kept, whoever else writes. */
public interface DisclosureLogContract extends StorageContract {
    private DisclosureLog log() {
        return storage().disclosures();
    }

    private AuditEntry disclosure(AgentKey agent) {
        return audit(agent, AuditAction.DATA_DISCLOSED, Map.of("EMAIL", "3", "note", Samples.NASTY_TEXT));
    }

    @Test
    default void keepsAnEntryWhenItsFutureCompletes() {
        AgentKey agent = newAgent();
        AuditEntry entry = disclosure(agent);
        log().write(entry).join();
        assertEquals(List.of(entry), storage().auditReader().entries(agent.organization()));
    }

    @Test
    default void keepsAnEntryOfAnOrganizationAsAWhole() {
        OrganizationId organization = newOrganization();
        AuditEntry entry = new AuditEntry(
                IDS.next(),
                organization,
                NOW,
                new Actor("ada", null),
                AuditAction.DATA_DISCLOSED,
                new AuditEntry.Target(AuditEntry.Target.Kind.ORGANIZATION, null, organization.value()),
                "request-1",
                Map.of());
        log().write(entry).join();
        assertEquals(List.of(entry), storage().auditReader().entries(organization));
    }

    @Test
    default void keepsEachOfManyEntriesOfManyOrganizationsOnce() {
        List<AgentKey> agents = Stream.generate(this::newAgent).limit(4).toList();
        List<List<AuditEntry>> written = Concurrently.run(8, i -> {
            List<AuditEntry> entries = IntStream.range(0, 25)
                    .mapToObj(n -> disclosure(agents.get((i + n) % agents.size())))
                    .toList();
            CompletableFuture.allOf(entries.stream().map(log()::write).toArray(CompletableFuture[]::new))
                    .join();
            return entries;
        });
        List<AuditEntry> kept = new ArrayList<>();
        for (AgentKey agent : agents) {
            List<AuditEntry> own = storage().auditReader().entries(agent.organization());
            own.forEach(entry -> assertEquals(agent.organization(), entry.organization()));
            kept.addAll(own);
        }
        assertEquals(200, kept.size());
        Set<AuditEntry> all = new HashSet<>();
        written.forEach(all::addAll);
        assertEquals(all, new HashSet<>(kept));
    }

    @Test
    default void failsAnEntryThatCantBeKeptWithoutItsNeighbours() {
        AgentKey agent = newAgent();
        AuditEntry first = disclosure(agent);
        log().write(first).join();
        List<Boolean> kept = Concurrently.run(8, i -> {
            CompletableFuture<Void> before = log().write(disclosure(agent));
            CompletableFuture<Void> again = log().write(first);
            CompletableFuture<Void> after = log().write(disclosure(agent));
            assertThrows(CompletionException.class, again::join);
            before.join();
            after.join();
            return true;
        });
        assertEquals(8, kept.size());
        assertEquals(17, storage().auditReader().entries(agent.organization()).size());
    }

    @Test
    default void keepsAnEntryWhateverBecomesOfTheUnitOfWork() {
        AgentKey agent = newAgent();
        List<CompletableFuture<Void>> written = new ArrayList<>();
        assertThrows(
                IllegalArgumentException.class,
                () -> storage().unitOfWork().run(agent.organization(), () -> {
                    written.add(log().write(disclosure(agent)));
                    throw new IllegalArgumentException("the deed fails");
                }));
        written.getFirst().join();
        assertEquals(1, storage().auditReader().entries(agent.organization()).size());
    }
}

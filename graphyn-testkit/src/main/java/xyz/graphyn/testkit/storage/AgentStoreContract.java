package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentQuery;
import xyz.graphyn.application.agent.AgentStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.agent.AgentProfile;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** {@link AgentStore}. */
public interface AgentStoreContract extends StorageContract {
    private AgentStore agents() {
        return storage().agents();
    }

    private List<String> names(OrganizationId organization, @Nullable String part) {
        return agents().page(organization, new AgentQuery(part, null, 200, null)).items().stream()
                .map(agent -> agent.profile().name())
                .toList();
    }

    @Test
    default void findsWhatWasInserted() {
        AgentProfile profile =
                new AgentProfile("Zoë 🦄", Samples.NASTY_TEXT, Samples.NASTY_TEXT, "gpt-5", Samples.NASTY_JSON);
        Agent agent = newAgent(newOrganization(), profile);
        assertEquals(Optional.of(agent), agents().find(agent.key()));
        assertEquals(Optional.of("ada"), agents().creatorOf(agent.key()));
    }

    @Test
    default void keepsAbsentApartFromEmpty() {
        AgentProfile profile = new AgentProfile("a", "", null, null, Samples.NASTY_JSON);
        Agent agent = newAgent(newOrganization(), profile);
        assertEquals(profile, agents().find(agent.key()).orElseThrow().profile());
    }

    @Test
    default void findsNothingFromAnotherOrganization() {
        Agent agent = newAgent(newOrganization(), Samples.profile("theirs"));
        OrganizationId stranger = newOrganization();
        AgentKey theirs = new AgentKey(stranger, agent.id());
        assertEquals(Optional.empty(), agents().find(theirs));
        assertEquals(Optional.empty(), agents().creatorOf(theirs));
        assertEquals(List.of(), names(stranger, null));
        assertFalse(agents().remove(theirs));
        assertTrue(agents().find(agent.key()).isPresent());
    }

    @Test
    default void pagesNewestFirstWithoutGapOrDouble() {
        OrganizationId organization = newOrganization();
        List<Agent> inserted = IntStream.range(0, 7)
                .mapToObj(i -> newAgent(organization, Samples.profile("agent " + i)))
                .toList();
        List<AgentId> seen = new ArrayList<>();
        AgentId after = null;
        boolean more = true;
        while (more) {
            Page<Agent> page = agents().page(organization, new AgentQuery(null, after, 3, null));
            page.items().forEach(agent -> seen.add(agent.id()));
            after = page.items().getLast().id();
            more = page.more();
            newAgent(organization, Samples.profile("inserted meanwhile"));
        }
        assertEquals(inserted.reversed().stream().map(Agent::id).toList(), seen);
    }

    @Test
    default void saysThatThereIsNoMoreOnAFullLastPage() {
        OrganizationId organization = newOrganization();
        newAgent(organization, Samples.profile("one"));
        newAgent(organization, Samples.profile("two"));
        assertFalse(
                agents().page(organization, new AgentQuery(null, null, 2, null)).more());
    }

    @Test
    default void findsByAPartOfTheNameTakenLiterally() {
        OrganizationId organization = newOrganization();
        for (String name : List.of("100% Sure", "100x sure", "under_score", "underXscore", "back\\slash")) {
            newAgent(organization, Samples.profile(name));
        }
        assertEquals(List.of("100% Sure"), names(organization, "100% s"));
        assertEquals(List.of("under_score"), names(organization, "R_S"));
        assertEquals(List.of("back\\slash"), names(organization, "K\\S"));
        assertEquals(List.of(), names(organization, "absent"));
    }

    @Test
    default void updatesTheProfile() {
        Agent agent = newAgent(newOrganization(), Samples.profile("before"));
        Agent changed = agent.changedTo(Samples.profile("after"), NOW.plusSeconds(5), Findings.UNSCANNED);
        storage().unitOfWork().run(agent.organization(), () -> {
            Agent found = agents().findForChange(agent.key()).orElseThrow();
            agents().update(found.changedTo(changed.profile(), changed.updatedAt(), Findings.UNSCANNED));
            return found;
        });
        assertEquals(Optional.of(changed), agents().find(agent.key()));
    }

    @Test
    default void letsConcurrentChangesFollowEachOther() {
        Agent agent = newAgent(newOrganization(), Samples.profile("0"));
        Concurrently.run(
                20,
                i -> storage().unitOfWork().run(agent.organization(), () -> {
                    Agent found = agents().findForChange(agent.key()).orElseThrow();
                    int count = Integer.parseInt(found.profile().name()) + 1;
                    agents().update(found.changedTo(Samples.profile(Integer.toString(count)), NOW, Findings.UNSCANNED));
                    return count;
                }));
        assertEquals("20", agents().find(agent.key()).orElseThrow().profile().name());
    }

    @Test
    default void findsForChangeOnlyInAUnitOfWork() {
        Agent agent = newAgent(newOrganization(), Samples.profile("a"));
        assertThrows(IllegalStateException.class, () -> agents().findForChange(agent.key()));
    }

    @Test
    default void removesTheAgentWithAllThatIsItsOwn() {
        AgentKey agent = newAgent();
        record(agent, Samples.event("e1"));
        add(agent, Samples.node("remembered"));
        assertTrue(agents().remove(agent));
        assertEquals(Optional.empty(), agents().find(agent));
        assertEquals(Optional.empty(), agents().creatorOf(agent));
        assertEquals(List.of(), names(agent.organization(), null));
        assertThrows(Refusal.NotFound.class, () -> record(agent, Samples.event("e2")));
        assertThrows(Refusal.NotFound.class, () -> add(agent, Samples.node("too late")));
        assertFalse(agents().remove(agent), "there is none any more");
    }

    @Test
    default void keepsWhatWasFound() {
        OrganizationId organization = newOrganization();
        Findings findings = new Findings(
                RulesVersion.of(7, 3), Map.of("/instructions", List.of(new Finding(0, 3, Kind.EMAIL, "email"))));
        Agent agent = new Agent(new AgentId(IDS.next()), organization, Samples.profile("a"), "ada", NOW, NOW, findings);
        agents().insert(agent);
        assertEquals(Optional.of(agent), agents().find(agent.key()));
        Agent changed = agent.changedTo(Samples.profile("b"), NOW, Findings.none(RulesVersion.of(8, 0)));
        storage().unitOfWork().run(organization, () -> {
            assertEquals(Optional.of(agent), agents().findForChange(agent.key()));
            agents().update(changed);
            return changed;
        });
        assertEquals(Optional.of(changed), agents().find(agent.key()));
    }

    @Test
    default void matchesNoNameInWhichSomethingMayBeHidden() {
        OrganizationId organization = newOrganization();
        RulesVersion rules = RulesVersion.of(2, 1);
        List<Finding> some = List.of(new Finding(0, 1, Kind.EMAIL, "email"));
        Map<String, Findings> all = Map.of(
                "Clean agent",
                Findings.none(rules),
                "Unscanned agent",
                Findings.UNSCANNED,
                "Older agent",
                Findings.none(RulesVersion.of(2, 0)),
                "Hidden agent",
                new Findings(rules, Map.of("/name", some)),
                "Secretive agent",
                new Findings(rules, Map.of("/metadata", some)));
        all.forEach((name, findings) -> agents().insert(new Agent(
                new AgentId(IDS.next()), organization, Samples.profile(name), "ada", NOW, NOW, findings)));
        assertEquals(Set.of("Clean agent", "Secretive agent"), names(organization, "AGENT", rules));
        assertEquals(all.keySet(), names(organization, "AGENT", null));
        assertEquals(all.keySet(), names(organization, null, rules), "nothing is asked of a text");
    }

    private Set<String> names(OrganizationId organization, @Nullable String part, @Nullable RulesVersion provenBy) {
        return agents().page(organization, new AgentQuery(part, null, 200, provenBy)).items().stream()
                .map(agent -> agent.profile().name())
                .collect(Collectors.toUnmodifiableSet());
    }
}

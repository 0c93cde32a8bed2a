package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.NodeChange;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.memory.MemoryBacklog;
import xyz.graphyn.application.memory.MemoryBacklog.Incomplete;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** {@link MemoryBacklog}: what is behind is found, until it is not any more. */
public interface MemoryBacklogContract extends MemoryContract {
    private MemoryBacklog backlog() {
        return storage().memoryBacklog();
    }

    /** Whether the agent is behind; it is free again afterwards. */
    private boolean isBehind(AgentKey agent, String model) {
        boolean behind = backlog().take(agent, model);
        if (behind) {
            backlog().giveBack(agent);
        }
        return behind;
    }

    private List<Incomplete> incomplete(AgentKey agent, String model) {
        return backlog().incomplete(agent, model, 100);
    }

    /** Takes everything, whoever left it behind. */
    private Set<AgentKey> takeAll(String model) {
        Set<AgentKey> all = new HashSet<>();
        List<AgentKey> some;
        do {
            some = backlog().take(model, 10);
            assertTrue(some.size() <= 10);
            some.forEach(agent -> assertTrue(all.add(agent), "an agent is taken once"));
        } while (!some.isEmpty());
        return all;
    }

    @Test
    default void findsAnAgentUntilItsLastEventIsTakenIn() {
        AgentKey agent = newAgent();
        assertFalse(isBehind(agent, ""));
        List<RecordedEvent> events = recordSome(agent, 3);
        assertTrue(isBehind(agent, ""));
        remember(agent, events.subList(0, 2), Optional.of(MODEL));
        assertTrue(isBehind(agent, MODEL));
        assertEquals(2, backlog().processedSeq(agent));
        remember(agent, events.subList(2, 3), Optional.of(MODEL));
        assertTrue(isBehind(agent, MODEL), "until it is linked");
        linkAll(agent);
        assertFalse(isBehind(agent, MODEL));
        assertEquals(3, backlog().processedSeq(agent));
        recordSome(agent, 1);
        assertTrue(isBehind(agent, MODEL), "and again when there is more");
    }

    @Test
    default void takesAnAgentOnceUntilItIsGivenBack() {
        AgentKey agent = newAgent();
        recordSome(agent, 1);
        assertTrue(backlog().take(agent, ""));
        assertFalse(backlog().take(agent, ""));
        assertFalse(takeAll("").contains(agent));
        backlog().giveBack(agent);
        assertTrue(backlog().take(agent, ""));
    }

    @Test
    default void findsThoseThatAreBehindAmongAll() {
        AgentKey behind = newAgent();
        AgentKey ahead = newAgent();
        AgentKey empty = newAgent();
        AgentKey unembedded = newAgent();
        AgentKey removed = newAgent();
        for (AgentKey agent : List.of(behind, ahead, removed)) {
            recordSome(agent, 1);
        }
        setAside(
                ahead,
                List.of(new RecordedEvent(
                        storage().events().follow(ahead, 0, 1).getFirst().id(), 1, null, true)));
        add(unembedded, Samples.node("n"));
        linkAll(unembedded);
        storage().agents().remove(removed);
        Set<AgentKey> ours = Set.of(behind, ahead, empty, unembedded, removed);
        Set<AgentKey> withoutModel = takeAll("");
        withoutModel.retainAll(ours);
        assertEquals(Set.of(behind), withoutModel);
        backlog().giveBack(behind);
        Set<AgentKey> withModel = takeAll(MODEL);
        withModel.retainAll(ours);
        assertEquals(Set.of(behind, unembedded), withModel);
        withModel.forEach(backlog()::giveBack);
    }

    @Test
    default void sharesTheBacklogAmongServers() {
        List<AgentKey> agents = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            agents.add(newAgent());
            recordSome(agents.getLast(), 1);
        }
        List<AgentKey> taken = new ArrayList<>();
        Concurrently.run(4, server -> takeAll("")).forEach(taken::addAll);
        taken.retainAll(agents);
        assertEquals(12, taken.size());
        assertEquals(Set.copyOf(agents), Set.copyOf(taken));
    }

    @Test
    default void findsNodesThatLackAnEmbedding() {
        AgentKey agent = newAgent();
        Node posted = add(agent, Samples.node("posted"));
        remember(agent, recordSome(agent, 1), Optional.of(MODEL));
        assertEquals(List.of(), incomplete(agent, ""));
        List<Incomplete> lacking = incomplete(agent, MODEL);
        assertEquals(List.of(posted), lacking.stream().map(Incomplete::node).toList());
        linkAll(agent);
        assertTrue(isBehind(agent, MODEL));
        assertFalse(isBehind(agent, ""), "without a model, nothing lacks one");
        enrich(agent, MODEL, lacking);
        assertEquals(List.of(), incomplete(agent, MODEL));
        linkAll(agent);
        assertFalse(isBehind(agent, MODEL));
    }

    @Test
    default void keepsNothingOfANodeThatHasChangedSince() {
        AgentKey agent = newAgent();
        Node node = add(agent, Samples.node("before"));
        List<Incomplete> before = incomplete(agent, MODEL);
        Node changed = storage()
                .appender()
                .changeNode(new NodeChange(
                        agent,
                        node.id(),
                        // At the same microsecond, so that the time of change does not tell.
                        present -> present.changedTo(Samples.node("after"), 5, NOW, Findings.UNSCANNED),
                        audit(agent, AuditAction.NODE_CHANGED, Map.of())))
                .orElseThrow();
        enrich(agent, MODEL, before);
        assertEquals(
                List.of(changed),
                incomplete(agent, MODEL).stream().map(Incomplete::node).toList());
        assertTrue(isBehind(agent, MODEL));
        removeNode(agent, node.id());
        enrich(agent, MODEL, before);
        assertEquals(List.of(), incomplete(agent, MODEL));
    }

    @Test
    default void findsEveryNodeAfterAChangeOfModel() {
        AgentKey agent = newAgent();
        remember(agent, recordSome(agent, 5), Optional.of(MODEL));
        add(agent, Samples.node("of none"));
        for (String model : List.of("a-later-one", "z-later-one")) {
            assertTrue(isBehind(agent, model));
            List<Incomplete> first = backlog().incomplete(agent, model, 4);
            assertEquals(4, first.size());
            enrich(agent, model, first);
            assertTrue(isBehind(agent, model));
            enrich(agent, model, incomplete(agent, model));
            linkAll(agent);
            assertFalse(isBehind(agent, model));
            assertTrue(storage().memoryChanges().since(agent, 0, model, 10).changed().stream()
                    .allMatch(told -> told.embedding().isPresent()));
        }
    }

    @Test
    default void knowsNoPositionOfAnAgentThatIsNotThere() {
        AgentKey agent = newAgent();
        recordSome(agent, 1);
        AgentKey stranger = new AgentKey(newOrganization(), agent.agent());
        add(agent, Samples.node("n"));
        storage().agents().remove(agent);
        for (AgentKey other : List.of(agent, stranger)) {
            assertThrows(Refusal.NotFound.class, () -> backlog().processedSeq(other));
            assertFalse(backlog().take(other, MODEL));
            assertEquals(List.of(), incomplete(other, MODEL));
        }
    }
}

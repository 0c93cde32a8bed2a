package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.MemoryRetry;
import xyz.graphyn.application.append.MemoryStep;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.memory.MemoryState;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.domain.memory.SetAside;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** {@link Appender}, as far as it makes memory of events. */
public interface MemoryAppenderContract extends MemoryContract {
    private Appender appender() {
        return storage().appender();
    }

    private MemoryState state(AgentKey agent) {
        return storage().memory().state(agent, NOW).orElseThrow();
    }

    private List<Node> nodesOf(AgentKey agent) {
        return storage().nodes().page(agent, NodeStoreContract.all(200)).items();
    }

    private List<SetAside> asideOf(AgentKey agent) {
        return storage().memory().setAside(agent, 0, 200).items();
    }

    @Test
    default void makesMemoryOfAStretchOfTheLog() {
        AgentKey agent = newAgent();
        MemoryStep step = step(agent, recordSome(agent, 3), Optional.of(MODEL));
        assertTrue(appender().remember(step));
        for (RememberedNode made : step.nodes()) {
            assertEquals(
                    Optional.of(made.node()),
                    storage().nodes().find(agent, made.node().id()));
        }
        assertEquals(3, state(agent).processedSeq());
        assertEquals(List.of(AuditAction.EVENTS_RECORDED), auditedActions(agent.organization()));
    }

    @Test
    default void changesNothingFromAnotherPosition() {
        AgentKey agent = newAgent();
        List<RecordedEvent> events = recordSome(agent, 3);
        assertTrue(remember(agent, events.subList(0, 2), Optional.empty()));
        MemoryState before = state(agent);
        assertFalse(remember(agent, events, Optional.empty()), "a step that is repeated, from where it began");
        assertFalse(remember(agent, events.subList(0, 2), Optional.empty()));
        assertFalse(appender().remember(new MemoryStep(agent, 1, 3, List.of(), List.of())));
        assertEquals(before, state(agent));
        assertTrue(remember(agent, events.subList(2, 3), Optional.empty()));
        assertEquals(3, nodesOf(agent).size());
    }

    @Test
    default void refusesAStepBeyondTheLog() {
        AgentKey agent = newAgent();
        recordSome(agent, 1);
        assertThrows(
                IllegalArgumentException.class,
                () -> appender().remember(new MemoryStep(agent, 0, 2, List.of(), List.of())));
        assertThrows(
                IllegalArgumentException.class,
                () -> appender().remember(new MemoryStep(agent, 0, 0, List.of(), List.of())));
        assertEquals(0, state(agent).processedSeq());
    }

    @Test
    default void addsNoSecondNodeOfAnEvent() {
        AgentKey agent = newAgent();
        RecordedEvent first = recordSome(agent, 1).getFirst();
        remember(agent, List.of(first), Optional.empty());
        List<RecordedEvent> more = recordSome(agent, 1);
        List<RememberedNode> nodes = List.of(
                made(agent, first.id(), "again", Optional.empty()),
                made(agent, more.getFirst().id(), "new", Optional.empty()),
                made(agent, more.getFirst().id(), "and again", Optional.empty()));
        assertTrue(appender().remember(new MemoryStep(agent, 1, 2, nodes, List.of())));
        assertEquals(
                List.of("new", "said 1"),
                nodesOf(agent).stream().map(Node::content).sorted().toList());
        assertEquals(2, state(agent).nodes());
    }

    @Test
    default void letsOneOfManyServersTakeEachStep() {
        AgentKey agent = newAgent();
        List<RecordedEvent> events = recordSome(agent, 20);
        List<Integer> taken = Concurrently.run(6, server -> {
            int count = 0;
            for (RecordedEvent event : events) {
                while (state(agent).processedSeq() < event.seq()) {
                    count += remember(agent, List.of(event), Optional.of(MODEL)) ? 1 : 0;
                }
            }
            return count;
        });
        assertEquals(20, taken.stream().mapToInt(Integer::intValue).sum());
        assertEquals(
                LongStream.rangeClosed(1, 20)
                        .mapToObj(seq -> "said " + seq)
                        .sorted()
                        .toList(),
                nodesOf(agent).stream().map(Node::content).sorted().toList());
    }

    @Test
    default void remembersWhileOthersWriteToTheSameAgent() {
        AgentKey agent = newAgent();
        Concurrently.run(4, role -> {
            for (int i = 0; i < 10; i++) {
                if (role == 0) {
                    long after = state(agent).processedSeq();
                    long head = state(agent).eventHead();
                    if (head > after) {
                        appender().remember(new MemoryStep(agent, after, head, List.of(), List.of()));
                    }
                } else {
                    recordSome(agent, 1);
                    add(agent, Samples.node("posted"));
                }
            }
            return role;
        });
        MemoryState state = state(agent);
        assertEquals(30, state.eventHead());
        assertEquals(30, state.nodes());
        assertEquals(30, state.memoryVersion());
    }

    @Test
    default void refusesMemoryOfAnAgentThatIsNotThere() {
        AgentKey agent = newAgent();
        List<RecordedEvent> events = recordSome(agent, 1);
        AgentKey unknown = new AgentKey(agent.organization(), new AgentId(IDS.next()));
        AgentKey stranger = new AgentKey(newOrganization(), agent.agent());
        for (AgentKey other : List.of(unknown, stranger)) {
            assertThrows(Refusal.NotFound.class, () -> remember(other, events, Optional.empty()));
            assertThrows(Refusal.NotFound.class, () -> enrich(other, MODEL, List.of()));
        }
        assertEquals(List.of(), nodesOf(agent));
    }

    @Test
    default void setsEventsAsideAndGoesPastThem() {
        AgentKey agent = newAgent();
        List<RecordedEvent> events = recordSome(agent, 3);
        appender()
                .remember(new MemoryStep(
                        agent,
                        0,
                        3,
                        List.of(made(agent, events.getFirst().id(), "fine", Optional.empty())),
                        List.of(aside(events.get(1), "/content must be text"), aside(events.get(2), "too long"))));
        assertEquals(
                List.of(aside(events.get(1), "/content must be text"), aside(events.get(2), "too long")),
                asideOf(agent));
        assertEquals(2, state(agent).setAside());
        assertEquals(1, state(agent).nodes());
    }

    private MemoryRetry retry(
            AgentKey agent, List<RecordedEvent> tried, List<RememberedNode> nodes, List<SetAside> again) {
        return new MemoryRetry(
                agent,
                tried.stream().map(RecordedEvent::seq).toList(),
                nodes,
                again,
                audit(agent, AuditAction.MEMORY_RETRIED, Map.of()));
    }

    @Test
    default void takesInWhatSucceedsAtLastAndCountsWhatFailsAgain() {
        AgentKey agent = newAgent();
        List<RecordedEvent> events = recordSome(agent, 4);
        setAside(agent, events);
        RememberedNode node =
                made(agent, events.getFirst().id(), "at last", Optional.of(MemoryContract.embedding(MODEL, "at last")));
        SetAside again = new SetAside(events.get(1).id(), 2, "still not", 1, NOW.plusSeconds(9));
        appender().retry(retry(agent, events.subList(0, 3), List.of(node), List.of(again)));
        assertEquals(
                List.of(
                        new SetAside(events.get(1).id(), 2, "still not", 2, NOW.plusSeconds(9)),
                        aside(events.get(3), "unreadable")),
                asideOf(agent));
        assertEquals(List.of(node.node()), nodesOf(agent));
        assertEquals(2, state(agent).setAside());
        assertEquals(
                AuditAction.MEMORY_RETRIED, auditedActions(agent.organization()).getLast());
    }

    @Test
    default void retriesNothingThatIsNotSetAsideAnyMore() {
        AgentKey agent = newAgent();
        List<RecordedEvent> events = recordSome(agent, 2);
        setAside(agent, events.subList(0, 1));
        remember(agent, events.subList(1, 2), Optional.empty());
        RememberedNode first = made(agent, events.getFirst().id(), "first", Optional.empty());
        appender().retry(retry(agent, events, List.of(first), List.of()));
        MemoryState after = state(agent);
        List<AuditAction> audited = auditedActions(agent.organization());
        RememberedNode second = made(agent, events.getFirst().id(), "second", Optional.empty());
        appender().retry(retry(agent, events, List.of(second), List.of(aside(events.get(1), "no"))));
        assertEquals(after, state(agent));
        assertEquals(List.of(), asideOf(agent));
        assertEquals(audited, auditedActions(agent.organization()), "nothing changed, so there is no entry");
        assertEquals(
                List.of("first", "said 2"),
                nodesOf(agent).stream().map(Node::content).sorted().toList());
    }

    @Test
    default void letsConcurrentRetriesTakeInEachEventOnce() {
        AgentKey agent = newAgent();
        List<RecordedEvent> events = recordSome(agent, 5);
        setAside(agent, events);
        Concurrently.run(6, i -> {
            List<RememberedNode> nodes = new ArrayList<>();
            events.forEach(event -> nodes.add(made(agent, event.id(), "of " + event.seq(), Optional.empty())));
            appender().retry(retry(agent, events, nodes, List.of()));
            return i;
        });
        assertEquals(5, nodesOf(agent).size());
        assertEquals(0, state(agent).setAside());
        assertEquals(5, state(agent).nodes());
    }
}

package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.event.EventQuery;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** {@link Appender}, as far as it records events. */
public interface AppenderContract extends StorageContract {
    private List<Event> log(AgentKey agent) {
        List<Event> log = new ArrayList<>();
        boolean more = true;
        while (more) {
            var page = storage()
                    .events()
                    .page(
                            agent,
                            new EventQuery(
                                    Set.of(),
                                    null,
                                    null,
                                    null,
                                    log.size(),
                                    EventQuery.Order.ASCENDING,
                                    null,
                                    200,
                                    null));
            log.addAll(page.items());
            more = page.more();
        }
        return log;
    }

    private static List<Long> firstNumbers(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    private static EventDraft[] drafts(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Samples.event(prefix + i))
                .toArray(EventDraft[]::new);
    }

    @Test
    default void numbersFromOneWithoutAGap() {
        AgentKey agent = newAgent();
        assertEquals(
                firstNumbers(3),
                record(agent, Samples.event("a"), Samples.event(null), Samples.event(null)).stream()
                        .map(RecordedEvent::seq)
                        .toList());
        assertEquals(4, record(agent, Samples.event("b")).getFirst().seq());
        assertEquals(1, record(newAgent(), Samples.event("a")).getFirst().seq(), "each agent has its own numbers");
        assertEquals(firstNumbers(4), log(agent).stream().map(Event::seq).toList());
    }

    @Test
    default void answersAKnownEventWithTheFirst() {
        AgentKey agent = newAgent();
        RecordedEvent first = record(agent, Samples.event("a")).getFirst();
        List<RecordedEvent> again = record(agent, Samples.event("new"), Samples.event("a"), Samples.event("newer"));
        assertEquals(new RecordedEvent(first.id(), 1, "a", false), again.get(1));
        assertEquals(List.of(2L, 1L, 3L), again.stream().map(RecordedEvent::seq).toList());
        assertEquals(3, log(agent).size());
    }

    @Test
    default void recordsTheSameExternalIdOnceInOneBatch() {
        AgentKey agent = newAgent();
        List<RecordedEvent> outcome =
                record(agent, Samples.event("a"), Samples.event("b"), Samples.event("a"), Samples.event(null));
        assertEquals(
                List.of(1L, 2L, 1L, 3L),
                outcome.stream().map(RecordedEvent::seq).toList());
        assertEquals(
                List.of(true, true, false, true),
                outcome.stream().map(RecordedEvent::created).toList());
        assertEquals(outcome.get(0).id(), outcome.get(2).id());
    }

    @Test
    default void takesAFullBatch() {
        AgentKey agent = newAgent();
        EventDraft[] drafts = drafts("e", EventDraft.MAX_BATCH);
        assertEquals(
                firstNumbers(EventDraft.MAX_BATCH),
                record(agent, drafts).stream().map(RecordedEvent::seq).toList());
        assertTrue(record(agent, drafts).stream().noneMatch(RecordedEvent::created));
    }

    @Test
    default void refusesAnAgentThatIsNotThere() {
        AgentKey agent = newAgent();
        AgentKey unknown = new AgentKey(agent.organization(), new AgentId(IDS.next()));
        AgentKey stranger = new AgentKey(newOrganization(), agent.agent());
        assertThrows(Refusal.NotFound.class, () -> record(unknown, Samples.event("a")));
        assertThrows(Refusal.NotFound.class, () -> record(stranger, Samples.event("a")));
        assertEquals(List.of(), auditedActions(stranger.organization()));
    }

    @Test
    default void auditsWhatChangedAndNothingElse() {
        AgentKey agent = newAgent();
        record(agent, Samples.event("a"), Samples.event("b"));
        record(agent, Samples.event("a"));
        record(agent, Samples.event("a"), Samples.event("c"));
        assertEquals(
                List.of("2", "1"),
                storage().auditReader().entries(agent.organization()).stream()
                        .map(entry -> entry.details().get("count"))
                        .toList());
        assertEquals(
                List.of(AuditAction.EVENTS_RECORDED, AuditAction.EVENTS_RECORDED),
                auditedActions(agent.organization()));
    }

    @Test
    default void changesNothingWhenTheEntryCantBeMade() {
        AgentKey agent = newAgent();
        EventBatch good = batch(agent, Samples.event("a"));
        EventBatch bad = new EventBatch(agent, good.events(), NOW, outcome -> {
            throw new IllegalArgumentException("no entry");
        });
        assertThrows(IllegalArgumentException.class, () -> storage().appender().recordEvents(bad));
        assertEquals(List.of(), log(agent));
        assertEquals(1, record(agent, Samples.event("a")).getFirst().seq());
    }

    @Test
    default void refusesToRunInsideAUnitOfWork() {
        AgentKey agent = newAgent();
        assertThrows(
                IllegalStateException.class,
                () -> storage().unitOfWork().run(agent.organization(), () -> record(agent, Samples.event("a"))));
        assertEquals(List.of(), log(agent));
    }

    @Test
    default void numbersConcurrentWritersOfOneAgentWithoutAGap() {
        AgentKey agent = newAgent();
        int writers = 50;
        int batches = 5;
        AtomicBoolean writing = new AtomicBoolean(true);
        Set<EventId> answered = new HashSet<>();
        Concurrently.run(
                2,
                role -> role == 0
                        ? writeFromMany(agent, writers, batches, writing, answered)
                        : readAlong(agent, writing));
        List<Event> log = log(agent);
        assertEquals(
                firstNumbers(writers * batches * 2),
                log.stream().map(Event::seq).toList());
        Set<EventId> stored = new HashSet<>();
        log.forEach(event -> stored.add(event.id()));
        assertEquals(answered, stored);
    }

    private int writeFromMany(AgentKey agent, int writers, int batches, AtomicBoolean writing, Set<EventId> answered) {
        try {
            Concurrently.run(writers, writer -> {
                        List<RecordedEvent> recorded = new ArrayList<>();
                        for (int i = 0; i < batches; i++) {
                            recorded.addAll(record(agent, Samples.event(null), Samples.event(writer + "-" + i)));
                        }
                        return recorded;
                    })
                    .forEach(recorded -> recorded.forEach(event -> answered.add(event.id())));
            return answered.size();
        } finally {
            writing.set(false);
        }
    }

    /** Whoever sees an event sees all before it: at no moment is there a gap. */
    private int readAlong(AgentKey agent, AtomicBoolean writing) {
        int reads = 0;
        while (writing.get()) {
            List<Long> seqs = log(agent).stream().map(Event::seq).toList();
            assertEquals(firstNumbers(seqs.size()), seqs);
            reads++;
        }
        return reads;
    }

    @Test
    default void recordsOnceWhatManySendAtTheSameTime() {
        AgentKey agent = newAgent();
        List<List<RecordedEvent>> outcomes = Concurrently.run(10, i -> record(agent, drafts("e", 20)));
        assertEquals(20, log(agent).size());
        assertEquals(
                20,
                outcomes.stream()
                        .flatMap(List::stream)
                        .filter(RecordedEvent::created)
                        .count());
        assertEquals(
                1,
                outcomes.stream()
                        .map(outcome -> outcome.stream().map(RecordedEvent::id).toList())
                        .distinct()
                        .count());
    }

    @Test
    default void lendsEveryAgentItsTurn() {
        OrganizationId organization = newOrganization();
        List<AgentKey> agents = IntStream.range(0, 5)
                .mapToObj(i ->
                        newAgent(organization, Samples.profile("agent " + i)).key())
                .toList();
        Concurrently.run(10, writer -> {
            for (int i = 0; i < 10; i++) {
                record(agents.get((writer + i) % agents.size()), Samples.event(null));
            }
            return writer;
        });
        agents.forEach(agent -> assertEquals(
                firstNumbers(20), log(agent).stream().map(Event::seq).toList()));
    }

    @Test
    default void recordsForManyAgentsOfSeveralOrganizationsAtOnce() {
        List<OrganizationId> organizations =
                IntStream.range(0, 3).mapToObj(i -> newOrganization()).toList();
        List<AgentKey> agents = IntStream.range(0, 9)
                .mapToObj(i -> newAgent(organizations.get(i % 3), Samples.profile("agent " + i))
                        .key())
                .toList();
        Concurrently.run(36, writer -> {
            AgentKey agent = agents.get(writer % agents.size());
            for (int i = 0; i < 5; i++) {
                record(agent, Samples.event("same " + i), Samples.event(null));
                add(agent, Samples.node("node"));
            }
            return writer;
        });
        agents.forEach(agent -> assertEquals(
                firstNumbers(4 * 5 + 5), log(agent).stream().map(Event::seq).toList()));
        // Each call brought something new, and each wrote one entry, to its own organization's trail.
        organizations.forEach(organization ->
                assertEquals(12 * 5 * 2, auditedActions(organization).size()));
    }

    @Test
    default void answersAllWhoSendTheSameWithTheFirst() {
        AgentKey agent = newAgent();
        Set<EventId> ids = new HashSet<>(Concurrently.run(
                20, i -> record(agent, Samples.event("same")).getFirst().id()));
        assertEquals(Set.of(log(agent).getFirst().id()), ids);
        assertEquals(1, log(agent).size());
        assertEquals(List.of(AuditAction.EVENTS_RECORDED), auditedActions(agent.organization()));
    }

    @Test
    default void letsNoneFailForItsNeighbour() {
        AgentKey agent = newAgent();
        AgentKey unknown = new AgentKey(agent.organization(), new AgentId(IDS.next()));
        List<Boolean> recorded = Concurrently.run(30, i -> switch (i % 3) {
            case 0 -> {
                EventBatch bad = new EventBatch(
                        agent, batch(agent, Samples.event("bad " + i)).events(), NOW, outcome -> {
                            throw new IllegalArgumentException("no entry " + i);
                        });
                IllegalArgumentException own = assertThrows(
                        IllegalArgumentException.class,
                        () -> storage().appender().recordEvents(bad));
                assertEquals("no entry " + i, own.getMessage());
                yield false;
            }
            case 1 -> {
                assertThrows(Refusal.NotFound.class, () -> record(unknown, Samples.event("a")));
                yield false;
            }
            default -> record(agent, Samples.event("good " + i)).getFirst().created();
        });
        assertEquals(10, recorded.stream().filter(good -> good).count());
        assertEquals(firstNumbers(10), log(agent).stream().map(Event::seq).toList());
        assertTrue(log(agent).stream()
                .allMatch(event -> String.valueOf(event.externalId()).startsWith("good")));
        assertEquals(10, auditedActions(agent.organization()).size());
    }
}

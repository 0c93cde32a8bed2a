package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.event.EventQuery;
import xyz.graphyn.application.event.EventQuery.Order;
import xyz.graphyn.application.event.EventStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Finding;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.Kind;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.testkit.Samples;

/** {@link EventStore}. */
public interface EventStoreContract extends StorageContract {
    EventQuery ALL = new EventQuery(Set.of(), null, null, null, 0, Order.ASCENDING, null, 200, null);

    private EventStore events() {
        return storage().events();
    }

    private List<Long> seqs(AgentKey agent, EventQuery query) {
        return events().page(agent, query).items().stream().map(Event::seq).toList();
    }

    private static EventQuery ofTypes(Set<String> types, Order order, int limit) {
        return new EventQuery(types, null, null, null, 0, order, null, limit, null);
    }

    private static EventDraft draft(String type, @Nullable String session, int minute) {
        return new EventDraft(type, Json.EMPTY, NOW.plusSeconds(60L * minute), session, null);
    }

    /** Types a, b, c in turn; sessions s0 and s1 in turn, every fifth without; a minute apart, but every third earlier. */
    private AgentKey agentWithThirtyEvents() {
        AgentKey agent = newAgent();
        EventDraft[] drafts = new EventDraft[30];
        for (int i = 0; i < drafts.length; i++) {
            String session = i % 5 == 4 ? null : "s" + i % 2;
            drafts[i] = draft(List.of("a", "b", "c").get(i % 3), session, i % 3 == 2 ? i - 20 : i);
        }
        record(agent, drafts);
        return agent;
    }

    @Test
    default void findsAnEventAsItWasSent() {
        AgentKey agent = newAgent();
        EventDraft draft = new EventDraft(
                "tool.called", Samples.NASTY_JSON, NOW.minusSeconds(9), Samples.NASTY_TEXT.strip(), "e \"1\" 🦄");
        RecordedEvent recorded = record(agent, draft).getFirst();
        Event expected = new Event(
                recorded.id(),
                1,
                agent.agent(),
                "tool.called",
                Samples.NASTY_TEXT.strip(),
                "e \"1\" 🦄",
                Samples.NASTY_JSON,
                NOW.minusSeconds(9),
                NOW,
                Findings.UNSCANNED);
        assertEquals(Optional.of(expected), events().find(agent, recorded.id()));
        assertEquals(List.of(expected), events().page(agent, ALL).items());
    }

    @Test
    default void keepsTheEarliestAndTheLatestTime() {
        AgentKey agent = newAgent();
        Instant earliest = Instant.parse("0001-01-01T00:00:00Z");
        Instant latest = Instant.parse("9999-12-31T23:59:59.999999Z");
        record(
                agent,
                new EventDraft("a", Json.EMPTY, earliest, null, null),
                new EventDraft("a", Json.EMPTY, latest, null, null));
        assertEquals(
                List.of(earliest, latest),
                events().page(agent, ALL).items().stream()
                        .map(Event::occurredAt)
                        .toList());
    }

    @Test
    default void findsNothingOfAnotherAgentOrOrganization() {
        AgentKey agent = newAgent();
        EventId id = record(agent, Samples.event("e")).getFirst().id();
        AgentKey neighbour =
                newAgent(agent.organization(), Samples.profile("neighbour")).key();
        AgentKey stranger = new AgentKey(newOrganization(), agent.agent());
        for (AgentKey other : List.of(neighbour, stranger)) {
            assertEquals(Optional.empty(), events().find(other, id));
            assertEquals(List.of(), seqs(other, ALL));
        }
    }

    @Test
    default void pagesInBothOrdersWithoutGapOrDouble() {
        AgentKey agent = agentWithThirtyEvents();
        for (Order order : Order.values()) {
            List<Long> seen = new ArrayList<>();
            Long position = null;
            boolean more = true;
            while (more) {
                Page<Event> page =
                        events().page(agent, new EventQuery(Set.of(), null, null, null, 0, order, position, 10, null));
                page.items().forEach(event -> seen.add(event.seq()));
                position = page.items().getLast().seq();
                more = page.more();
            }
            List<Long> all = LongStream.rangeClosed(1, 30).boxed().toList();
            assertEquals(order == Order.ASCENDING ? all : all.reversed(), seen);
        }
    }

    @Test
    default void startsAfterASeqInEitherOrder() {
        AgentKey agent = agentWithThirtyEvents();
        assertEquals(
                List.of(28L, 29L, 30L),
                seqs(agent, new EventQuery(Set.of(), null, null, null, 27, Order.ASCENDING, null, 10, null)));
        assertEquals(
                List.of(30L, 29L, 28L),
                seqs(agent, new EventQuery(Set.of(), null, null, null, 27, Order.DESCENDING, null, 10, null)));
    }

    @Test
    default void filtersByOneTypeAndBySeveral() {
        AgentKey agent = agentWithThirtyEvents();
        assertEquals(List.of(2L, 5L, 8L, 11L), seqs(agent, ofTypes(Set.of("b"), Order.ASCENDING, 4)));
        assertEquals(List.of(30L, 29L, 27L, 26L), seqs(agent, ofTypes(Set.of("b", "c"), Order.DESCENDING, 4)));
        assertEquals(List.of(), seqs(agent, ofTypes(Set.of("d"), Order.DESCENDING, 4)));
    }

    @Test
    default void pagesThroughSeveralTypes() {
        AgentKey agent = agentWithThirtyEvents();
        EventQuery second = new EventQuery(Set.of("a", "c"), null, null, null, 0, Order.DESCENDING, 27L, 3, null);
        assertEquals(List.of(25L, 24L, 22L), seqs(agent, second));
        assertTrue(events().page(agent, second).more());
    }

    @Test
    default void filtersBySession() {
        AgentKey agent = agentWithThirtyEvents();
        EventQuery query = new EventQuery(Set.of(), "s1", null, null, 0, Order.ASCENDING, null, 4, null);
        assertEquals(List.of(2L, 4L, 6L, 8L), seqs(agent, query));
    }

    @Test
    default void filtersByTimeFromInclusiveToExclusive() {
        AgentKey agent = agentWithThirtyEvents();
        Instant from = NOW.plusSeconds(60L * 3);
        Instant to = NOW.plusSeconds(60L * 6);
        EventQuery query = new EventQuery(Set.of(), null, from, to, 0, Order.ASCENDING, null, 50, null);
        assertEquals(List.of(4L, 5L, 24L), seqs(agent, query));
    }

    @Test
    default void holdsEveryConditionAtOnce() {
        AgentKey agent = agentWithThirtyEvents();
        EventQuery query = new EventQuery(
                Set.of("a", "b"), "s0", NOW, NOW.plusSeconds(60L * 20), 5, Order.DESCENDING, 20L, 50, null);
        assertEquals(List.of(19L, 17L, 13L, 11L, 7L), seqs(agent, query));
    }

    @Test
    default void keepsWhatWasFound() {
        AgentKey agent = newAgent();
        Finding future = new Finding(3, 7, new Kind("FROM_THE_FUTURE"), "future");
        List<Findings> all = List.of(
                Findings.UNSCANNED,
                Findings.none(RulesVersion.of(7, 3)),
                new Findings(
                        RulesVersion.of(7, 3),
                        Map.of(
                                "/payload",
                                List.of(future, new Finding(7, 300_000, Kind.EMAIL, "email")),
                                "/sessionId",
                                List.of(new Finding(0, 1, Kind.SECRET, Samples.NASTY_TEXT)))));
        all.forEach(findings -> record(agent, findings, Samples.event(null)));
        List<Event> found = events().page(agent, ALL).items();
        assertEquals(all, found.stream().map(Event::findings).toList());
        assertEquals(found, events().follow(agent, 0, 10));
        found.forEach(event -> assertEquals(Optional.of(event), events().find(agent, event.id())));
    }

    @Test
    default void matchesNoTextInWhichSomethingMayBeHidden() {
        AgentKey agent = newAgent();
        RulesVersion rules = RulesVersion.of(2, 1);
        List<Finding> some = List.of(new Finding(0, 1, Kind.EMAIL, "email"));
        List<Findings> all = List.of(
                Findings.none(rules),
                Findings.UNSCANNED,
                Findings.none(RulesVersion.of(2, 0)),
                Findings.none(RulesVersion.of(2, 2)),
                new Findings(rules, Map.of("/sessionId", some)),
                new Findings(rules, Map.of("/type", some)),
                new Findings(rules, Map.of("/payload", some, "/externalId", some)));
        all.forEach(findings -> record(agent, findings, draft("a", "s", 1)));
        for (Instant from : new Instant[] {null, NOW}) {
            for (Set<String> types : List.of(Set.of("a"), Set.of("a", "b"))) {
                assertEquals(List.of(1L, 5L, 7L), seqs(agent, proven(types, null, from, rules)));
                assertEquals(List.of(1L, 7L), seqs(agent, proven(types, "s", from, rules)));
                assertEquals(7, seqs(agent, proven(types, "s", from, null)).size());
            }
            assertEquals(List.of(1L, 6L, 7L), seqs(agent, proven(Set.of(), "s", from, rules)));
            assertEquals(7, seqs(agent, proven(Set.of(), null, from, rules)).size(), "nothing is asked of a text");
        }
    }

    private static EventQuery proven(
            Set<String> types, @Nullable String session, @Nullable Instant from, @Nullable RulesVersion rules) {
        return new EventQuery(types, session, from, null, 0, Order.ASCENDING, null, 50, rules);
    }

    private List<Long> following(AgentKey agent, long after, int limit) {
        return events().follow(agent, after, limit).stream().map(Event::seq).toList();
    }

    @Test
    default void followsALogFromOneEndToTheOther() {
        AgentKey agent = agentWithThirtyEvents();
        assertEquals(List.of(1L, 2L, 3L), following(agent, 0, 3));
        assertEquals(List.of(29L, 30L), following(agent, 28, EventStore.MAX_FOLLOWING));
        assertEquals(List.of(), following(agent, 30, 1));
        assertEquals(events().page(agent, ALL).items(), events().follow(agent, 0, EventStore.MAX_FOLLOWING));
    }

    @Test
    default void followsNothingOfAnotherAgentOrOrganization() {
        AgentKey agent = agentWithThirtyEvents();
        AgentKey neighbour =
                newAgent(agent.organization(), Samples.profile("neighbour")).key();
        assertEquals(List.of(), following(neighbour, 0, 10));
        assertEquals(List.of(), following(new AgentKey(newOrganization(), agent.agent()), 0, 10));
        storage().agents().remove(agent);
        assertEquals(List.of(), following(agent, 0, 10));
    }

    /** However much there is: a reader gets on with each step, and holds no more than a part of it at a time. */
    @Test
    default void followsLargeEventsAFewAtATime() {
        AgentKey agent = newAgent();
        Json large = new Json("{\"a\":\"" + "a".repeat(1_900_000) + "\"}");
        for (int i = 0; i < 15; i++) {
            record(agent, new EventDraft("message", large, null, null, null), Samples.event(null));
        }
        List<Long> seen = new ArrayList<>();
        while (seen.size() < 30) {
            List<Event> step = events().follow(agent, seen.size(), EventStore.MAX_FOLLOWING);
            assertTrue(!step.isEmpty() && step.size() <= 20, "a step of " + step.size());
            step.stream().map(Event::seq).forEach(seen::add);
        }
        assertEquals(LongStream.rangeClosed(1, 30).boxed().toList(), seen);
        assertEquals(large, events().follow(agent, 0, 1).getFirst().payload());
    }
}

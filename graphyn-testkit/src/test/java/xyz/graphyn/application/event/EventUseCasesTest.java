package xyz.graphyn.application.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.UseCases;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.event.EventQuery.Order;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.validation.Invalid;
import xyz.graphyn.testkit.Samples;

class EventUseCasesTest {
    private static final EventQuery ALL =
            new EventQuery(Set.of(), null, null, null, 0, Order.ASCENDING, null, 50, null);

    private final UseCases graphyn = new UseCases();
    private final AgentId agent = graphyn.manageAgents
            .create(graphyn.ada, Samples.profile("Ada's"))
            .value()
            .id();

    @Test
    void recordsAndAnswersWhatWillBeRead() {
        RecordEvents.One one = graphyn.recordEvents.record(graphyn.ada, agent, Samples.event("e1"));
        assertTrue(one.created());
        assertEquals(graphyn.clock.instant(), one.event().value().occurredAt());
        assertEquals(
                one.event().value(),
                graphyn.eventQueries
                        .get(graphyn.vera, agent, one.event().value().id())
                        .value());
        assertEquals(
                List.of(one.event().value()),
                graphyn.eventQueries.list(graphyn.vera, agent, ALL).value().items());
    }

    @Test
    void answersTheSameAgainWithTheFirst() {
        Event first = graphyn.recordEvents
                .record(graphyn.ada, agent, Samples.event("e1"))
                .event()
                .value();
        RecordEvents.One again = graphyn.recordEvents.record(
                graphyn.ada, agent, new EventDraft("other", Samples.NASTY_JSON, null, null, "e1"));
        assertFalse(again.created());
        assertEquals(first, again.event().value());
    }

    @Test
    void writesOneEntryPerRequestThatSaysWhatCameIn() {
        graphyn.recordEvents.record(graphyn.ada, agent, Samples.event("e1"));
        graphyn.recordEvents
                .recordAll(graphyn.ada, agent, List.of(Samples.event("e1"), Samples.event("e2"), Samples.event("e3")))
                .value();
        graphyn.recordEvents
                .recordAll(graphyn.ada, agent, List.of(Samples.event("e2")))
                .value();
        List<AuditEntry> entries = graphyn.storage.auditReader().entries(graphyn.acme).stream()
                .filter(entry -> entry.action() == AuditAction.EVENTS_RECORDED)
                .toList();
        assertEquals(
                List.of(
                        Map.of("count", "1", "firstSeq", "1", "lastSeq", "1"),
                        Map.of("count", "2", "firstSeq", "2", "lastSeq", "3")),
                entries.stream().map(AuditEntry::details).toList());
    }

    @Test
    void refusesEmptyAndOversizedBatches() {
        assertThrows(Invalid.class, () -> graphyn.recordEvents.recordAll(graphyn.ada, agent, List.of()));
        List<EventDraft> tooMany = Collections.nCopies(EventDraft.MAX_BATCH + 1, Samples.event(null));
        assertThrows(Invalid.class, () -> graphyn.recordEvents.recordAll(graphyn.ada, agent, tooMany));
        assertEquals(
                List.of(),
                graphyn.eventQueries.list(graphyn.ada, agent, ALL).value().items());
    }

    @Test
    void letsOnlyWritersRecordAndOnlyReadersRead() {
        List<RecordedEvent> recorded = graphyn.recordEvents
                .recordAll(graphyn.ada, agent, List.of(Samples.event("e1")))
                .value();
        for (var reader : List.of(graphyn.max, graphyn.vera, graphyn.otto)) {
            assertThrows(
                    Refusal.NotAllowed.class, () -> graphyn.recordEvents.record(reader, agent, Samples.event("e2")));
        }
        assertThrows(Refusal.NotAllowed.class, () -> graphyn.eventQueries.list(graphyn.otto, agent, ALL));
        assertThrows(
                Refusal.NotAllowed.class,
                () -> graphyn.eventQueries.get(
                        graphyn.otto, agent, recorded.getFirst().id()));
        assertThrows(Refusal.NotFound.class, () -> graphyn.eventQueries.list(graphyn.stranger, agent, ALL));
        assertThrows(
                Refusal.NotFound.class,
                () -> graphyn.recordEvents.record(graphyn.stranger, agent, Samples.event("e2")));
    }
}

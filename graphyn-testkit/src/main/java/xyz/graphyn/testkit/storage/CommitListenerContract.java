package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.event.CommitListener;
import xyz.graphyn.application.event.EventStore;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** What an appender tells its {@link CommitListener}. */
public interface CommitListenerContract extends StorageContract {
    /** The one that {@link #storage} was given. */
    HeardCommits heard();

    private List<Event> stored(AgentKey agent) {
        return storage().events().follow(agent, 0, EventStore.MAX_FOLLOWING);
    }

    @Test
    default void tellsOfEventsAsTheyAreStored() {
        AgentKey agent = newAgent();
        record(
                agent,
                new EventDraft("tool.called", Samples.NASTY_JSON, NOW.minusSeconds(9), Samples.NASTY_TEXT.strip(), "e"),
                Samples.event(null));
        assertEquals(2, heard().of(agent).size());
        assertEquals(stored(agent), heard().of(agent));
    }

    @Test
    default void tellsOnlyOfWhatIsNew() {
        AgentKey agent = newAgent();
        record(agent, Samples.event("a"));
        record(agent, Samples.event("a"));
        record(agent, Samples.event("b"), Samples.event("a"), Samples.event("c"));
        assertEquals(
                List.of("a", "b", "c"),
                heard().of(agent).stream().map(Event::externalId).toList());
    }

    @Test
    default void tellsNothingOfWhatWasNotRecorded() {
        AgentKey agent = newAgent();
        AgentKey unknown = new AgentKey(agent.organization(), new AgentId(IDS.next()));
        EventBatch bad = new EventBatch(agent, batch(agent, Samples.event("a")).events(), NOW, outcome -> {
            throw new IllegalArgumentException("no entry");
        });
        assertThrows(IllegalArgumentException.class, () -> storage().appender().recordEvents(bad));
        assertThrows(Refusal.NotFound.class, () -> record(unknown, Samples.event("a")));
        assertEquals(List.of(), heard().of(agent));
        assertEquals(List.of(), heard().of(unknown));
    }

    @Test
    default void tellsAfterTheCommit() {
        AgentKey agent = newAgent();
        List<List<Event>> readable = new ArrayList<>();
        heard().react(agent, run -> readable.add(stored(agent)));
        record(agent, Samples.event("a"));
        assertEquals(List.of(stored(agent)), readable);
    }

    @Test
    default void tellsOfEachAgentsEventsOnceAndInTheirOrder() {
        List<AgentKey> agents = IntStream.range(0, 3).mapToObj(i -> newAgent()).toList();
        Concurrently.run(24, writer -> {
            AgentKey agent = agents.get(writer % agents.size());
            for (int i = 0; i < 10; i++) {
                List<RecordedEvent> recorded = record(agent, Samples.event(null), Samples.event("same " + i));
                long seq = recorded.getFirst().seq();
                assertEquals(
                        recorded.getFirst().id(),
                        heard().of(agent).get((int) seq - 1).id(),
                        "told before it was answered");
            }
            return writer;
        });
        for (AgentKey agent : agents) {
            assertEquals(
                    LongStream.rangeClosed(1, 8 * 10 + 10).boxed().toList(),
                    heard().of(agent).stream().map(Event::seq).toList());
        }
    }

    @Test
    default void recordsAllTheSameWhenTheListenerFails() {
        AgentKey agent = newAgent();
        heard().react(agent, run -> {
            throw new IllegalStateException("a listener with a fault");
        });
        assertEquals(1, record(agent, Samples.event("a")).getFirst().seq());
        assertEquals(2, record(agent, Samples.event("b")).getFirst().seq());
        assertEquals(stored(agent), heard().of(agent));
    }

    @Test
    default void tellsOfNodesThatHaveNoEmbedding() {
        AgentKey agent = newAgent();
        record(agent, Samples.event("a"));
        assertEquals(0, heard().unembedded(agent));
        add(agent, Samples.node("told"));
        assertEquals(1, heard().unembedded(agent));
        removeNothing(agent);
        assertEquals(1, heard().unembedded(agent), "nothing was written");
    }

    private void removeNothing(AgentKey agent) {
        storage()
                .appender()
                .removeNode(agent, new NodeId(IDS.next()), audit(agent, AuditAction.NODE_REMOVED, Map.of()));
    }
}

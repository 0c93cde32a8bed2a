package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.event.EventHeads;
import xyz.graphyn.application.event.EventHeads.Heads;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** {@link EventHeads}. */
public interface EventHeadsContract extends StorageContract {
    private Heads read(List<AgentKey> agents) {
        return storage().eventHeads().read(agents);
    }

    @Test
    default void readsTheHeadsOfAgentsOfSeveralOrganizations() {
        AgentKey quiet = newAgent();
        AgentKey busy = newAgent();
        AgentKey neighbour =
                newAgent(busy.organization(), Samples.profile("neighbour")).key();
        record(busy, Samples.event("a"), Samples.event("b"));
        record(busy, Samples.event("a"), Samples.event("c"));
        record(neighbour, Samples.event("a"));
        add(quiet, Samples.node("no event"));
        assertEquals(
                Map.of(quiet, 0L, busy, 3L, neighbour, 1L),
                read(List.of(quiet, busy, neighbour)).seqs());
        assertEquals(Map.of(busy, 3L), read(List.of(busy, busy)).seqs());
    }

    @Test
    default void leavesOutWhatIsNotThere() {
        AgentKey agent = newAgent();
        AgentKey removed = newAgent();
        record(removed, Samples.event("a"));
        storage().agents().remove(removed);
        AgentKey unknown = new AgentKey(agent.organization(), new AgentId(IDS.next()));
        AgentKey ofAnother = new AgentKey(newOrganization(), agent.agent());
        assertEquals(
                Map.of(agent, 0L),
                read(List.of(removed, unknown, ofAnother, agent)).seqs());
    }

    @Test
    default void namesOneEpochForAll() {
        String epoch = read(List.of()).epoch();
        assertTrue(epoch.matches("[A-Za-z0-9-]{1,64}"), epoch);
        AgentKey agent = newAgent();
        record(agent, Samples.event("a"));
        assertEquals(new Heads(epoch, Map.of(agent, 1L)), read(List.of(agent)));
    }

    @Test
    default void seesAllThatWasAnswered() {
        List<AgentKey> agents = IntStream.range(0, 4).mapToObj(i -> newAgent()).toList();
        Concurrently.run(8, writer -> {
            AgentKey agent = agents.get(writer % agents.size());
            for (int i = 0; i < 20; i++) {
                long seq = record(agent, Samples.event(null)).getFirst().seq();
                assertTrue(read(List.of(agent)).seqs().getOrDefault(agent, 0L) >= seq);
            }
            return writer;
        });
    }

    @Test
    default void readsThousandsAtOnce() {
        AgentKey agent = newAgent();
        List<AgentKey> many = new ArrayList<>(IntStream.range(0, 9_999)
                .mapToObj(i -> new AgentKey(agent.organization(), new AgentId(IDS.next())))
                .toList());
        many.add(agent);
        assertEquals(Map.of(agent, 0L), read(many).seqs());
    }
}

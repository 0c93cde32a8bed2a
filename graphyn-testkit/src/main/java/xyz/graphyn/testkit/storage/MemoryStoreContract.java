package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.append.RecordedEvent;
import xyz.graphyn.application.memory.MemoryStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.MemoryState;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.SetAside;
import xyz.graphyn.testkit.Samples;

/** {@link MemoryStore}. */
public interface MemoryStoreContract extends MemoryContract {
    private MemoryStore memory() {
        return storage().memory();
    }

    @Test
    default void countsWhatIsThere() {
        AgentKey agent = newAgent();
        assertEquals(
                Optional.of(new MemoryState(0, 0, 0, 0, 0, 0, Duration.ZERO, 0)),
                memory().state(agent, NOW.plusSeconds(5)));
        Node node = add(agent, Samples.node("12345"));
        add(agent, Samples.node("123"));
        List<RecordedEvent> events = recordSome(agent, 3);
        assertEquals(
                Optional.of(new MemoryState(2, 0, 8, 3, 0, 2, Duration.ofSeconds(5), 0)),
                memory().state(agent, NOW.plusSeconds(5)));
        remember(agent, events.subList(0, 2), Optional.empty());
        setAside(agent, events.subList(2, 3));
        removeNode(agent, node.id());
        assertEquals(
                Optional.of(new MemoryState(3, 0, 3 + 2 * "said 1".length(), 3, 3, 5, Duration.ZERO, 1)),
                memory().state(agent, NOW.plusSeconds(5)));
    }

    @Test
    default void tellsNothingOfAnAgentThatIsNotThere() {
        AgentKey agent = newAgent();
        setAside(agent, recordSome(agent, 1));
        AgentKey stranger = new AgentKey(newOrganization(), agent.agent());
        storage().agents().remove(agent);
        for (AgentKey other : List.of(agent, stranger)) {
            assertEquals(Optional.empty(), memory().state(other, NOW));
            assertEquals(new Page<SetAside>(List.of(), false), memory().setAside(other, 0, 10));
        }
    }

    @Test
    default void pagesThroughWhatIsSetAside() {
        AgentKey agent = newAgent();
        setAside(agent, recordSome(agent, 5));
        Page<SetAside> first = memory().setAside(agent, 0, 3);
        assertEquals(
                List.of(1L, 2L, 3L), first.items().stream().map(SetAside::seq).toList());
        assertTrue(first.more());
        Page<SetAside> last = memory().setAside(agent, 3, 3);
        assertEquals(List.of(4L, 5L), last.items().stream().map(SetAside::seq).toList());
        assertFalse(last.more());
    }
}

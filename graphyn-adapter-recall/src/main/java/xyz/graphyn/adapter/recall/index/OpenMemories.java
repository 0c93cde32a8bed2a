package xyz.graphyn.adapter.recall.index;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * Which memories are open. Those that were used least recently are closed when all together are larger than they may be, but for
 * those in use and the one that was used last: an agent whose memory alone is somewhat larger must be searched too.
 */
final class OpenMemories {
    private final long most;
    private final Function<AgentKey, AgentMemory> open;
    private final Map<AgentKey, AgentMemory> memories = new LinkedHashMap<>(16, 0.75f, true);

    OpenMemories(long most, Function<AgentKey, AgentMemory> open) {
        this.most = most;
        this.open = open;
    }

    <T> T use(AgentKey agent, Function<AgentMemory, T> use) {
        AgentMemory memory = take(agent);
        try {
            return use.apply(memory);
        } finally {
            giveBack(memory).forEach(AgentMemory::close);
        }
    }

    private synchronized AgentMemory take(AgentKey agent) {
        AgentMemory memory = memories.computeIfAbsent(agent, open);
        memory.users++;
        return memory;
    }

    /** @return those that nobody can find any more, to be closed without holding up others */
    private synchronized List<AgentMemory> giveBack(AgentMemory memory) {
        memory.users--;
        long bytes = bytes();
        List<AgentMemory> closed = new ArrayList<>();
        if (memory.users == 0 && memory.forgotten) {
            closed.add(memory);
        }
        Iterator<AgentMemory> oldest = memories.values().iterator();
        while (bytes > most && oldest.hasNext()) {
            AgentMemory each = oldest.next();
            if (each.users == 0 && oldest.hasNext()) {
                oldest.remove();
                bytes -= each.bytes();
                closed.add(each);
            }
        }
        return closed;
    }

    /** Forgets one, for good: its agent is gone. Who uses it now may go on. */
    void forget(AgentKey agent) {
        AgentMemory idle = remove(agent);
        if (idle != null) {
            idle.close();
        }
    }

    private synchronized @Nullable AgentMemory remove(AgentKey agent) {
        AgentMemory memory = memories.remove(agent);
        if (memory == null) {
            return null;
        }
        memory.forgotten = true;
        return memory.users == 0 ? memory : null;
    }

    synchronized long bytes() {
        return memories.values().stream().mapToLong(AgentMemory::bytes).sum();
    }

    synchronized int count() {
        return memories.size();
    }

    void close() {
        List<AgentMemory> all;
        synchronized (this) {
            all = List.copyOf(memories.values());
            memories.clear();
        }
        all.forEach(AgentMemory::close);
    }
}

package xyz.graphyn.adapter.recall.index;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.ranking.Audience;
import xyz.graphyn.adapter.recall.text.Words;
import xyz.graphyn.adapter.recall.work.Workers;
import xyz.graphyn.application.memory.MemoryChanges;
import xyz.graphyn.application.memory.MemoryChanges.Changes;
import xyz.graphyn.application.memory.MessageReader;
import xyz.graphyn.application.recall.RecallQuery;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.masking.RulesVersion;

/**
 * One agent's memory, and up to which version it is known. Changes are fetched by one thread at a time, which holds up those only
 * that need them; they are taken in while nobody searches.
 *
 * <p>Lock order: fetching before the memory itself.
 */
final class AgentMemory {
    private final AgentKey agent;
    private final MemoryChanges changes;
    private final String model;
    private final Words words;
    private final MessageReader messages;
    private final Workers workers;
    private final Lock fetching = new ReentrantLock();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<Optional<RulesVersion>, Audience> audiences = new ConcurrentHashMap<>();
    private Memory memory;
    private volatile long version;
    private volatile long bytes;

    /** How many use it now. Guarded by {@link OpenMemories}, as is the next. */
    int users;

    /** Whether nobody can find it any more. */
    boolean forgotten;

    AgentMemory(
            AgentKey agent, MemoryChanges changes, String model, Words words, MessageReader messages, Workers workers) {
        this.agent = agent;
        this.changes = changes;
        this.model = model;
        this.words = words;
        this.messages = messages;
        this.workers = workers;
        this.memory = new Memory(words, messages);
    }

    /** Up to which version it is known. */
    long version() {
        return version;
    }

    long bytes() {
        return bytes;
    }

    /** Waits until all changes up to the version are taken in. */
    void catchUp(long wanted) {
        if (version >= wanted) {
            return;
        }
        fetching.lock();
        try {
            boolean more = true;
            while (more && version < wanted) {
                Changes next = changes.since(agent, version, model, MemoryChanges.MAX_CHANGES);
                workers.run(() -> take(next));
                more = next.more();
            }
        } finally {
            fetching.unlock();
        }
    }

    private boolean take(Changes next) {
        lock.writeLock().lock();
        try {
            next.removed().forEach(memory::remove);
            memory.put(next.changed());
            memory.refresh();
            audiences.clear();
            version = next.version();
            bytes = memory.bytes();
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Forgets everything: what is known was not of this history. */
    void startOver() {
        fetching.lock();
        try {
            lock.writeLock().lock();
            try {
                memory.close();
                memory = new Memory(words, messages);
                audiences.clear();
                version = 0;
            } finally {
                lock.writeLock().unlock();
            }
        } finally {
            fetching.unlock();
        }
    }

    /**
     * @param query for whom, and for which time
     * @param use is given the memory as it stays until this returns, and its version by {@link #version}
     */
    <T> T read(RecallQuery query, Function<Audience, T> use) {
        lock.readLock().lock();
        try {
            RulesVersion provenBy = query.provenBy();
            // Of the past, there are too many to be remembered.
            return use.apply(
                    query.asOf() == null
                            ? audiences.computeIfAbsent(
                                    Optional.ofNullable(provenBy), rules -> new Audience(memory, provenBy, null))
                            : new Audience(memory, provenBy, query.asOf()));
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Nobody uses it any more. */
    void close() {
        lock.writeLock().lock();
        try {
            memory.close();
        } finally {
            lock.writeLock().unlock();
        }
    }
}

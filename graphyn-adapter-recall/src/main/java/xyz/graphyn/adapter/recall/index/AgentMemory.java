package xyz.graphyn.adapter.recall.index;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.adapter.recall.memory.Analysis;
import xyz.graphyn.adapter.recall.memory.Memory;
import xyz.graphyn.adapter.recall.ranking.Audience;
import xyz.graphyn.adapter.recall.text.Words;
import xyz.graphyn.adapter.recall.work.Workers;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.memory.MemoryChanges;
import xyz.graphyn.application.memory.MemoryChanges.Changes;
import xyz.graphyn.application.memory.MessageReader;
import xyz.graphyn.application.recall.RecallQuery;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.RememberedNode;

/**
 * One agent's memory, and up to which version it is known. Changes are fetched by one thread at a time, which holds up those only
 * that need them; they are taken in while nobody searches.
 *
 * <p>Lock order: fetching before the memory itself.
 */
final class AgentMemory {
    /** Characters. */
    private static final int ANALYZED_AT_ONCE = 500_000;

    private static final Duration TOO_LARGE = Duration.ofMinutes(10);
    private static final Logger LOG = LoggerFactory.getLogger(AgentMemory.class);

    private final AgentKey agent;
    private final MemoryChanges changes;
    private final String model;
    private final Words words;
    private final MessageReader messages;
    private final Workers workers;
    private final long most;
    private final Lock fetching = new ReentrantLock();
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<Optional<RulesVersion>, Audience> audiences = new ConcurrentHashMap<>();
    private Memory memory;
    private volatile long version;
    private volatile long bytes;
    private boolean withoutVectors;

    /** Since when it is refused for its size, by the monotonic clock; null if it is not. Guarded by {@link #fetching}. */
    private @Nullable Long tooLargeSince;

    /** How many use it now. Guarded by {@link OpenMemories}, as is the next. */
    int users;

    /** Whether nobody can find it any more. */
    boolean forgotten;

    /** @param most bytes: of one that is larger, the vectors are left out; one that is twice as large is refused */
    AgentMemory(
            AgentKey agent,
            MemoryChanges changes,
            String model,
            Words words,
            MessageReader messages,
            Workers workers,
            long most) {
        this.agent = agent;
        this.changes = changes;
        this.model = model;
        this.words = words;
        this.messages = messages;
        this.workers = workers;
        this.most = most;
        this.memory = new Memory();
    }

    /** Up to which version it is known. */
    long version() {
        return version;
    }

    long bytes() {
        return bytes;
    }

    /**
     * Waits until all changes up to the version are taken in.
     *
     * @throws Refusal.Unavailable if the memory is larger than it may be
     */
    void catchUp(long wanted) {
        if (version >= wanted) {
            return;
        }
        fetching.lock();
        try {
            refuseIfTooLarge();
            boolean more = true;
            while (more && version < wanted) {
                Changes next = changes.since(agent, version, model, MemoryChanges.MAX_CHANGES);
                workers.run(() -> take(next));
                more = next.more();
                if (bytes > 2 * most) {
                    tooLargeSince = System.nanoTime();
                    startOver();
                    refuseIfTooLarge();
                }
            }
        } finally {
            fetching.unlock();
        }
    }

    /** It is not read again for a while: that would take as long and end the same, unless much of it was removed. */
    private void refuseIfTooLarge() {
        if (tooLargeSince == null) {
            return;
        }
        Duration left = TOO_LARGE.minusNanos(System.nanoTime() - tooLargeSince);
        if (left.isPositive()) {
            LOG.warn(
                    "The memory of agent {} would take more than {} bytes: GRAPHYN_RECALL_MEMORY_BYTES is too small for it",
                    agent.agent(),
                    2 * most);
            throw new Refusal.Unavailable("The agent's memory is larger than this server may hold.", left);
        }
        tooLargeSince = null;
    }

    private boolean take(Changes next) {
        lock.writeLock().lock();
        try {
            next.removed().forEach(memory::remove);
            put(next.changed());
            memory.refresh();
            audiences.clear();
            version = next.version();
            bytes = memory.bytes();
            if (bytes > most && !withoutVectors) {
                withoutVectors = true;
                memory.dropVectors();
                bytes = memory.bytes();
                LOG.warn(
                        "The memory of agent {} takes more than {} bytes, and is searched by its words only:"
                                + " GRAPHYN_RECALL_MEMORY_BYTES is too small for it",
                        agent.agent(),
                        most);
            }
            return true;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Some at a time: the words of all at once may take many times what is kept of them. */
    private void put(List<RememberedNode> nodes) {
        for (int from = 0; from < nodes.size(); ) {
            int to = from;
            for (long length = 0; to < nodes.size() && length < ANALYZED_AT_ONCE; to++) {
                length += nodes.get(to).node().content().length();
            }
            List<RememberedNode> some = nodes.subList(from, to);
            Analysis[] analyses = new Analysis[some.size()];
            workers.share(some.size(), i -> analyses[i] = Analysis.of(some.get(i), words, messages));
            memory.put(List.of(analyses));
            from = to;
        }
    }

    /** Forgets everything: what is known was not of this history. */
    void startOver() {
        fetching.lock();
        try {
            lock.writeLock().lock();
            try {
                memory.close();
                memory = new Memory();
                withoutVectors = false;
                audiences.clear();
                version = 0;
                bytes = 0;
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

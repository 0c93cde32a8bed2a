package xyz.graphyn.application.recall;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.memory.MemoryListener;
import xyz.graphyn.application.memory.MemoryStore;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.MemoryState;

/**
 * Waits until memory has taken in what its caller has just written. Who waits for what this server takes in is woken by it; what
 * other servers do is looked for now and then, once for all who wait for the same agent.
 */
public final class MemoryProgress implements MemoryListener {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    /** Between two looks at what other servers have done. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final MemoryStore memory;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<AgentKey, Awaited> agents = new HashMap<>();

    /** An agent whose memory somebody waits for. Guarded by the lock. */
    private static final class Awaited {
        private final Condition changed;
        private int waiting;
        private boolean looking;
        private long lookAgainAt;
        private long processedSeq;

        Awaited(Condition changed) {
            this.changed = changed;
        }

        void reached(long seq) {
            processedSeq = Math.max(processedSeq, seq);
            changed.signalAll();
        }
    }

    public MemoryProgress(MemoryStore memory, InstantSource clock) {
        this.memory = memory;
        this.clock = clock;
    }

    @Override
    public void advanced(AgentKey agent, long processedSeq) {
        lock.lock();
        try {
            Awaited awaited = agents.get(agent);
            if (awaited != null) {
                awaited.reached(processedSeq);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * @param minSeq up to which event; null to wait for none
     * @throws Refusal.Ahead if the agent has no such event yet
     * @throws Refusal.Unavailable if memory is not as far after some seconds
     */
    void await(AgentKey agent, @Nullable Long minSeq) {
        if (minSeq == null) {
            return;
        }
        lock.lock();
        try {
            Awaited awaited = agents.computeIfAbsent(agent, unknown -> new Awaited(lock.newCondition()));
            awaited.waiting++;
            try {
                await(agent, awaited, minSeq);
            } finally {
                if (--awaited.waiting == 0) {
                    agents.remove(agent);
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable("The request was given up.", RETRY_AFTER);
        } finally {
            lock.unlock();
        }
    }

    private void await(AgentKey agent, Awaited awaited, long minSeq) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        // Each looks once for itself: whether there is such an event at all, no look that began earlier can tell.
        boolean looked = false;
        while (awaited.processedSeq < minSeq) {
            long now = System.nanoTime();
            if (deadline - now <= 0) {
                throw new Refusal.Unavailable(
                        "Memory has taken in events up to the seq " + awaited.processedSeq + " only.", RETRY_AFTER);
            }
            if (!looked) {
                looked = true;
                MemoryState state = look(agent, awaited);
                if (state.processedSeq() < minSeq && state.eventHead() < minSeq) {
                    throw new Refusal.Ahead(state.eventHead());
                }
            } else if (!awaited.looking && awaited.lookAgainAt - now <= 0) {
                awaited.looking = true;
                try {
                    look(agent, awaited);
                } finally {
                    awaited.looking = false;
                }
            } else {
                long pause = awaited.looking ? PAUSE.toNanos() : awaited.lookAgainAt - now;
                awaited.changed.awaitNanos(Math.min(deadline - now, pause));
            }
        }
    }

    /** Without the lock, and with it again. */
    private MemoryState look(AgentKey agent, Awaited awaited) {
        Optional<MemoryState> state;
        lock.unlock();
        try {
            state = memory.state(agent, clock.instant());
        } finally {
            lock.lock();
            awaited.lookAgainAt = System.nanoTime() + PAUSE.toNanos();
        }
        MemoryState found = state.orElseThrow(() -> new Refusal.NotFound("agent"));
        awaited.reached(found.processedSeq());
        return found;
    }
}

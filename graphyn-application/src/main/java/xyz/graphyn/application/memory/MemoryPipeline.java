package xyz.graphyn.application.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.event.CommitListener;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * Keeps memory up with the log: makes nodes of what agents recorded, in the order of {@code seq}, and completes nodes that
 * were told. It is woken by what this server commits, and looks once a second for what others have left; agents are worked on
 * beside one another, but no agent twice at once. Nodes are linked while no other agent has its turn to wait for. It may be
 * killed at any point: what was not committed is done again.
 */
public final class MemoryPipeline implements CommitListener, AutoCloseable {
    /** As many as a small machine has to spare: what waits for the database waits for one commit at a time. */
    public static final int USUAL_THREADS = 2;

    /** What other servers left, or what was missed, waits no longer than that. */
    public static final Duration USUAL_PAUSE = Duration.ofSeconds(1);

    /** Beyond this, what was woken is found by looking. */
    private static final int MOST_WAITING = 10_000;

    private static final int TAKEN_AT_A_TIME = 16;

    /** Then others have their turn. Shorter than an agent stays taken. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(MemoryPipeline.class);

    private final MemorySteps steps;
    private final MemoryBacklog backlog;
    private final Duration pause;
    private final List<Thread> threads = new ArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Agents in the order of their turns, and whether they are taken already. */
    private final SequencedMap<AgentKey, Boolean> waiting = new LinkedHashMap<>();

    /** Agents that may have nodes to link, and nothing else as far as is known: for when no other waits. */
    private final SequencedSet<AgentKey> unlinked = new LinkedHashSet<>();

    private final Set<AgentKey> busy = new HashSet<>();

    /** And whether they were taken. */
    private final Map<AgentKey, Boolean> wokenWhileBusy = new HashMap<>();

    private boolean looking;
    private long lookAgainAt;
    private boolean closing;

    private MemoryPipeline(MemorySteps steps, MemoryBacklog backlog, Duration pause) {
        this.steps = steps;
        this.backlog = backlog;
        this.pause = pause;
        lookAgainAt = System.nanoTime();
    }

    /**
     * @param threads how many agents are worked on at once
     * @param pause between two looks at what is behind, and after a failure
     */
    public static MemoryPipeline start(MemorySteps steps, MemoryBacklog backlog, int threads, Duration pause) {
        MemoryPipeline pipeline = new MemoryPipeline(steps, backlog, pause);
        for (int i = 0; i < threads; i++) {
            // Not virtual threads: they compute, and must not keep requests from a carrier.
            pipeline.threads.add(
                    Thread.ofPlatform().name("graphyn-memory-" + i).daemon().start(pipeline::work));
        }
        return pipeline;
    }

    /** Something of the agent has just been committed. Returns at once. */
    public void wake(AgentKey agent) {
        lock.lock();
        try {
            if (busy.contains(agent)) {
                wokenWhileBusy.putIfAbsent(agent, false);
            } else if (waiting.size() < MOST_WAITING && waiting.putIfAbsent(agent, false) == null) {
                unlinked.remove(agent);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void recorded(EventRun run) {
        wake(run.agent());
    }

    @Override
    public void leftUnembedded(AgentKey agent) {
        // With no model, too: there is something to link.
        wake(agent);
    }

    private void work() {
        try {
            for (Turn turn = next(); turn != null; turn = next()) {
                switch (turn) {
                    case Turn.Look() -> look();
                    case Turn.Of(AgentKey agent, boolean taken) -> done(agent, turn(agent, taken));
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a thread does next. */
    private sealed interface Turn {
        /** Looks for what is behind. */
        record Look() implements Turn {}

        record Of(AgentKey agent, boolean taken) implements Turn {}
    }

    /** Waits for it; null when the pipeline is closed. */
    private @Nullable Turn next() throws InterruptedException {
        lock.lock();
        try {
            while (!closing) {
                long untilLook = lookAgainAt - System.nanoTime();
                if (!looking && untilLook <= 0) {
                    looking = true;
                    return new Turn.Look();
                }
                Map.Entry<AgentKey, Boolean> first = waiting.pollFirstEntry();
                if (first != null) {
                    busy.add(first.getKey());
                    return new Turn.Of(first.getKey(), first.getValue());
                }
                if (!unlinked.isEmpty()) {
                    AgentKey agent = unlinked.removeFirst();
                    busy.add(agent);
                    return new Turn.Of(agent, false);
                }
                if (looking) {
                    changed.await();
                } else {
                    changed.awaitNanos(untilLook);
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    private void look() {
        List<AgentKey> found = List.of();
        try {
            found = backlog.take(steps.model(), TAKEN_AT_A_TIME);
        } catch (Refusal.Unavailable away) {
            log.debug("The backlog of memory can't be read", away);
        } catch (RuntimeException | Error failure) {
            log.warn("The backlog of memory can't be read; it is tried again", failure);
        }
        lock.lock();
        try {
            looking = false;
            for (AgentKey agent : found) {
                (busy.contains(agent) ? wokenWhileBusy : waiting).put(agent, true);
                unlinked.remove(agent);
            }
            // Where there was as much as one look takes, there may be more.
            boolean more = found.size() == TAKEN_AT_A_TIME;
            lookAgainAt = System.nanoTime() + (more ? pause.toNanos() / 20 : pause.toNanos());
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How a turn ended. */
    private enum End {
        /** There is nothing left to do, as far as is known. */
        DONE,
        /** There is more; the agent was given back. */
        MORE,
        /** There may be nodes to link, and others have their turn first; the agent was given back. */
        UNLINKED,
        /** It could not go on; the agent is still taken. */
        AWAY,
        /** It failed; the agent stays taken, so that others have their turn until then. */
        FAILED
    }

    private End turn(AgentKey agent, boolean taken) {
        boolean held = taken;
        try {
            held = held || backlog.take(agent, steps.model());
            if (!held) {
                return End.DONE;
            }
            long end = System.nanoTime() + LONGEST_TURN.toNanos();
            boolean first = true;
            boolean more = true;
            boolean yielding = false;
            while (first || (more && !yielding && System.nanoTime() < end && !isClosing())) {
                if (!steps.advance(agent, first)) {
                    yielding = doOthersWait();
                    more = !yielding && steps.link(agent);
                }
                first = false;
            }
            backlog.giveBack(agent);
            return yielding ? End.UNLINKED : more ? End.MORE : End.DONE;
        } catch (Refusal.NotFound gone) {
            return End.DONE;
        } catch (Refusal.Unavailable away) {
            return held ? End.AWAY : End.FAILED;
        } catch (RuntimeException | Error failure) {
            // An error of one agent's, such as too large a text for the heap, must not end the thread for all.
            log.atWarn()
                    .addKeyValue("agent", agent.agent())
                    .setCause(failure)
                    .log("Memory could not be brought forward; it is tried again in some seconds");
            return End.FAILED;
        }
    }

    private void done(AgentKey agent, End end) throws InterruptedException {
        boolean pausing = end == End.AWAY || end == End.FAILED;
        lock.lock();
        try {
            busy.remove(agent);
            Boolean again = wokenWhileBusy.remove(agent);
            switch (end) {
                case DONE -> {
                    if (again != null) {
                        waiting.put(agent, again);
                    }
                }
                case MORE -> waiting.put(agent, again != null && again);
                case UNLINKED -> {
                    if (again != null) {
                        waiting.put(agent, again);
                    } else if (unlinked.size() < MOST_WAITING) {
                        unlinked.add(agent);
                    }
                }
                case AWAY -> waiting.put(agent, true);
                case FAILED -> {}
            }
            changed.signalAll();
            long left = pausing ? pause.toNanos() : 0;
            while (left > 0 && !closing) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean doOthersWait() {
        lock.lock();
        try {
            return !waiting.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private boolean isClosing() {
        lock.lock();
        try {
            return closing;
        } finally {
            lock.unlock();
        }
    }

    /** Returns when the steps under way have ended. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

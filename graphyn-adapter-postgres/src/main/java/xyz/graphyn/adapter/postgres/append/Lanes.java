package xyz.graphyn.adapter.postgres.append;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * Lets the appends of one agent through one after another, in the order of their arrival. They would wait for each other
 * anyway, at the agent's head; but there each would hold a connection, and one busy agent would keep all others from theirs.
 */
final class Lanes {
    /** So many that two busy agents seldom share one, which costs them nothing but time. */
    private static final int COUNT = 1_024;

    /** Longer than a queue that still moves. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final ReentrantLock[] lanes =
            Stream.generate(() -> new ReentrantLock(true)).limit(COUNT).toArray(ReentrantLock[]::new);

    /** @throws Refusal.Unavailable if the turn does not come in time; then nothing was run */
    <T> T inTurn(AgentKey agent, Supplier<T> append) {
        ReentrantLock lane = lanes[Math.floorMod(agent.hashCode(), COUNT)];
        if (!enter(lane)) {
            throw new Refusal.Unavailable("Too many are writing to this agent.", Duration.ofSeconds(1));
        }
        try {
            return append.get();
        } finally {
            lane.unlock();
        }
    }

    private static boolean enter(ReentrantLock lane) {
        try {
            return lane.tryLock(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

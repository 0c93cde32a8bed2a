package xyz.graphyn.application.recall;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.memory.MemoryStore;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.MemoryState;

/** Waits until memory has taken in what its caller has just written. */
public final class MemoryProgress {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final MemoryStore memory;
    private final InstantSource clock;

    public MemoryProgress(MemoryStore memory, InstantSource clock) {
        this.memory = memory;
        this.clock = clock;
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
        long deadline = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (true) {
            MemoryState state = memory.state(agent, clock.instant()).orElseThrow(() -> new Refusal.NotFound("agent"));
            if (state.processedSeq() >= minSeq) {
                return;
            }
            if (state.eventHead() < minSeq) {
                throw new Refusal.Ahead(state.eventHead());
            }
            if (System.nanoTime() - deadline > 0) {
                throw new Refusal.Unavailable(
                        "Memory has taken in events up to the seq " + state.processedSeq() + " only.", RETRY_AFTER);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable("The request was given up.", RETRY_AFTER);
        }
    }
}

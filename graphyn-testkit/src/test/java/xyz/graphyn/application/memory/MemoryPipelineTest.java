package xyz.graphyn.application.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xyz.graphyn.application.UseCases;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.memory.MemoryState;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

@Timeout(30)
class MemoryPipelineTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration OFTEN = Duration.ofMillis(10);

    private final UseCases graphyn = new UseCases();

    private AgentId newAgent() {
        return graphyn.manageAgents
                .create(graphyn.ada, Samples.profile("Ada's"))
                .value()
                .id();
    }

    private AgentKey key(AgentId agent) {
        return new AgentKey(graphyn.acme, agent);
    }

    private void say(AgentId agent, String content) {
        graphyn.recordEvents.record(
                graphyn.ada,
                agent,
                new EventDraft("message", new Json("{\"content\":\"" + content + "\"}"), null, null, null));
    }

    private MemoryState state(AgentId agent) {
        return graphyn.storage
                .memory()
                .state(key(agent), graphyn.clock.instant())
                .orElseThrow();
    }

    private boolean isUpToDate(AgentId agent) {
        MemoryState state = state(agent);
        return state.processedSeq() == state.eventHead();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private MemoryPipeline start(MemoryBacklog backlog, Duration pause) {
        return MemoryPipeline.start(
                graphyn.memorySteps(Optional.of(graphyn.embedder), backlog),
                backlog,
                MemoryPipeline.USUAL_THREADS,
                pause);
    }

    @Test
    void takesInWhatItIsWokenFor() {
        AgentId agent = newAgent();
        try (MemoryPipeline pipeline = start(graphyn.storage.memoryBacklog(), NEVER)) {
            for (int i = 1; i <= 20; i++) {
                say(agent, "said " + i);
                pipeline.wake(key(agent));
                int said = i;
                await(() -> state(agent).nodes() == said);
            }
        }
    }

    @Test
    void findsWhatNobodyWokeItFor() {
        List<AgentId> agents = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            agents.add(newAgent());
            say(agents.getLast(), "said");
        }
        MemoryPipeline pipeline = start(graphyn.storage.memoryBacklog(), OFTEN);
        try {
            await(() -> agents.stream().allMatch(this::isUpToDate));
            graphyn.manageNodes.add(graphyn.ada, agents.getFirst(), Samples.node("told"));
            await(() -> graphyn.embedder.given().contains("told"));
        } finally {
            pipeline.close();
        }
    }

    @Test
    void losesNothingAndDoublesNothingBetweenManyServers() {
        List<AgentId> agents = List.of(newAgent(), newAgent(), newAgent());
        try (MemoryPipeline one = start(graphyn.storage.memoryBacklog(), OFTEN);
                MemoryPipeline other = start(graphyn.storage.memoryBacklog(), OFTEN)) {
            Concurrently.run(6, writer -> {
                for (int i = 0; i < 30; i++) {
                    AgentId agent = agents.get((writer + i) % 3);
                    say(agent, "said " + writer + " " + i);
                    (i % 2 == 0 ? one : other).wake(key(agent));
                }
                return writer;
            });
            await(() -> agents.stream().allMatch(this::isUpToDate));
        }
        for (AgentId agent : agents) {
            assertEquals(60, state(agent).eventHead());
            assertEquals(60, state(agent).nodes());
        }
    }

    /** Fails or is away, so many times. */
    private final class Shaky implements MemoryBacklog {
        private final MemoryBacklog backlog = graphyn.storage.memoryBacklog();
        private final AtomicInteger left;
        private final RuntimeException failure;

        Shaky(int times, RuntimeException failure) {
            left = new AtomicInteger(times);
            this.failure = failure;
        }

        private void shake() {
            if (left.getAndDecrement() > 0) {
                throw failure;
            }
        }

        @Override
        public List<AgentKey> take(String model, int limit) {
            shake();
            return backlog.take(model, limit);
        }

        @Override
        public boolean take(AgentKey agent, String model) {
            shake();
            return backlog.take(agent, model);
        }

        @Override
        public void giveBack(AgentKey agent) {
            shake();
            backlog.giveBack(agent);
        }

        @Override
        public long processedSeq(AgentKey agent) {
            shake();
            return backlog.processedSeq(agent);
        }

        @Override
        public List<Incomplete> incomplete(AgentKey agent, String model, int limit) {
            shake();
            return backlog.incomplete(agent, model, limit);
        }
    }

    @Test
    void goesOnWhenTheStorageIsBack() {
        AgentId agent = newAgent();
        say(agent, "said");
        Shaky shaky = new Shaky(25, new Refusal.Unavailable("away", Duration.ofSeconds(1)));
        try (MemoryPipeline pipeline = start(shaky, OFTEN)) {
            pipeline.wake(key(agent));
            await(() -> isUpToDate(agent));
        }
        assertEquals(1, state(agent).nodes());
    }

    @Test
    void letsOthersHaveTheirTurnWhenOneFails() {
        AgentId failing = newAgent();
        say(failing, "said");
        AgentId other = newAgent();
        say(other, "said");
        MemoryBacklog broken = new MemoryBacklog() {
            private final MemoryBacklog backlog = graphyn.storage.memoryBacklog();

            @Override
            public List<AgentKey> take(String model, int limit) {
                return backlog.take(model, limit);
            }

            @Override
            public boolean take(AgentKey agent, String model) {
                return backlog.take(agent, model);
            }

            @Override
            public void giveBack(AgentKey agent) {
                backlog.giveBack(agent);
            }

            @Override
            public long processedSeq(AgentKey agent) {
                if (agent.agent().equals(failing)) {
                    throw new IllegalStateException("broken");
                }
                return backlog.processedSeq(agent);
            }

            @Override
            public List<Incomplete> incomplete(AgentKey agent, String model, int limit) {
                return backlog.incomplete(agent, model, limit);
            }
        };
        try (MemoryPipeline pipeline = start(broken, OFTEN)) {
            pipeline.wake(key(failing));
            await(() -> isUpToDate(other));
        }
        assertEquals(0, state(failing).processedSeq());
    }

    @Test
    void remembersWhatOthersSaidBeforeItLinks() {
        AgentId linked = newAgent();
        AgentId other = newAgent();
        AtomicReference<MemoryPipeline> running = new AtomicReference<>();
        AtomicLong linkedBefore = new AtomicLong(-1);
        MemoryBacklog heard = new MemoryBacklog() {
            private final MemoryBacklog backlog = graphyn.storage.memoryBacklog();

            @Override
            public List<AgentKey> take(String model, int limit) {
                return List.of();
            }

            @Override
            public boolean take(AgentKey agent, String model) {
                if (agent.equals(key(linked)) && state(other).eventHead() == 0) {
                    say(other, "said meanwhile");
                    running.get().wake(key(other));
                }
                return backlog.take(agent, model);
            }

            @Override
            public void giveBack(AgentKey agent) {
                if (agent.equals(key(other))) {
                    linkedBefore.compareAndSet(-1, graphyn.storage.links().linkedVersion(key(linked)));
                }
                backlog.giveBack(agent);
            }

            @Override
            public long processedSeq(AgentKey agent) {
                return backlog.processedSeq(agent);
            }

            @Override
            public List<Incomplete> incomplete(AgentKey agent, String model, int limit) {
                return backlog.incomplete(agent, model, limit);
            }
        };
        say(linked, "said");
        try (MemoryPipeline pipeline =
                MemoryPipeline.start(graphyn.memorySteps(Optional.of(graphyn.embedder), heard), heard, 1, NEVER)) {
            running.set(pipeline);
            pipeline.wake(key(linked));
            await(() -> graphyn.storage.links().linkedVersion(key(linked)) > 0
                    && graphyn.storage.links().linkedVersion(key(other)) > 0);
        }
        assertEquals(0, linkedBefore.get());
    }

    @Test
    void endsWithTheStepUnderWay() {
        AgentId agent = newAgent();
        for (int i = 0; i < 10; i++) {
            say(agent, "said");
        }
        MemoryPipeline pipeline = start(graphyn.storage.memoryBacklog(), OFTEN);
        pipeline.wake(key(agent));
        pipeline.close();
        long processed = state(agent).processedSeq();
        assertTrue(processed == 0 || processed == 10);
        assertEquals(processed, state(agent).nodes());
    }
}

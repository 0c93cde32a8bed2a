package xyz.graphyn.application.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.UseCases;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentQuery;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

class IdempotentRequestsTest {
    private final UseCases graphyn = new UseCases();
    private final AtomicInteger runs = new AtomicInteger();
    private final IdempotencyKey key = IdempotencyKey.of(graphyn.ada, "key-1");

    private StoredAnswer create(String fingerprint) {
        return graphyn.idempotentRequests.run(key, fingerprint, () -> {
            graphyn.manageAgents.create(graphyn.ada, Samples.profile("Ada's")).value();
            return new StoredAnswer(201, null, "run " + runs.incrementAndGet());
        });
    }

    private int agents() {
        return graphyn.agentQueries
                .list(graphyn.ada, new AgentQuery(null, null, 200, null))
                .value()
                .items()
                .size();
    }

    @Test
    void doesARequestOnceAndAnswersItAgain() {
        assertEquals(create("print"), create("print"));
        assertEquals(1, agents());
    }

    @Test
    void refusesAnotherRequestUnderTheSameKey() {
        create("print");
        assertThrows(Refusal.KeyReused.class, () -> create("another"));
        assertEquals(1, agents());
    }

    @Test
    void forgetsAfterADay() {
        create("print");
        graphyn.clock.advance(IdempotentRequests.KEPT.plus(Duration.ofMillis(1)));
        create("another");
        assertEquals(2, agents());
    }

    @Test
    void leavesTheKeyFreeWhenTheRequestFails() {
        assertThrows(
                IllegalArgumentException.class,
                () -> graphyn.idempotentRequests.run(key, "print", () -> {
                    graphyn.manageAgents
                            .create(graphyn.ada, Samples.profile("Ada's"))
                            .value();
                    throw new IllegalArgumentException("fails");
                }));
        assertEquals(0, agents());
        create("print");
        assertEquals(1, agents());
    }

    @Test
    void createsOneAgentForFiftyRequestsAtOnce() {
        List<String> outcomes = Concurrently.run(50, i -> {
            try {
                return create("print").body();
            } catch (Refusal.Conflict underWay) {
                return "under way";
            }
        });
        assertEquals(1, agents());
        assertEquals(
                List.of("run 1"),
                outcomes.stream()
                        .filter(outcome -> !outcome.equals("under way"))
                        .distinct()
                        .toList());
    }
}

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
import xyz.graphyn.application.idempotency.IdempotentRequests.Outcome;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

class IdempotentRequestsTest {
    private static final Outcome<String> BEFORE = new Outcome.DoneBefore<>(new StoredAnswer(201, "/run 1"));

    private final UseCases graphyn = new UseCases();
    private final AtomicInteger runs = new AtomicInteger();
    private final IdempotencyKey key = IdempotencyKey.of(graphyn.ada, "key-1");

    private Outcome<String> create(String fingerprint) {
        return graphyn.idempotentRequests.run(
                key,
                fingerprint,
                () -> {
                    graphyn.manageAgents
                            .create(graphyn.ada, Samples.profile("Ada's"))
                            .value();
                    return "run " + runs.incrementAndGet();
                },
                run -> new StoredAnswer(201, "/" + run));
    }

    private int agents() {
        return graphyn.agentQueries
                .list(graphyn.ada, new AgentQuery(null, null, 200, null))
                .value()
                .items()
                .size();
    }

    @Test
    void doesARequestOnceAndTellsWhereItsAnswerIs() {
        assertEquals(new Outcome.Done<>("run 1"), create("print"));
        assertEquals(BEFORE, create("print"));
        assertEquals(BEFORE, create("print"));
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
                () -> graphyn.idempotentRequests.<String>run(
                        key,
                        "print",
                        () -> {
                            graphyn.manageAgents
                                    .create(graphyn.ada, Samples.profile("Ada's"))
                                    .value();
                            throw new IllegalArgumentException("fails");
                        },
                        run -> new StoredAnswer(201, "/")));
        assertEquals(0, agents());
        create("print");
        assertEquals(1, agents());
    }

    @Test
    void keepsNoAnswerThatCannotBeFound() {
        assertThrows(
                IllegalStateException.class,
                () -> graphyn.idempotentRequests.run(
                        key,
                        "print",
                        () -> graphyn.manageAgents.create(graphyn.ada, Samples.profile("Ada's")),
                        agent -> {
                            throw new IllegalStateException("nowhere");
                        }));
        assertEquals(0, agents());
    }

    @Test
    void createsOneAgentForFiftyRequestsAtOnce() {
        List<Outcome<String>> outcomes = Concurrently.run(50, i -> {
            try {
                return create("print");
            } catch (Refusal.Conflict underWay) {
                return BEFORE;
            }
        });
        assertEquals(1, agents());
        assertEquals(
                List.of(new Outcome.Done<>("run 1")),
                outcomes.stream().filter(outcome -> !outcome.equals(BEFORE)).toList());
    }
}

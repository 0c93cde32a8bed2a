package xyz.graphyn.adapter.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.idempotency.IdempotencyKey;
import xyz.graphyn.application.idempotency.IdempotentRequests;
import xyz.graphyn.application.idempotency.IdempotentRequests.Outcome;
import xyz.graphyn.application.idempotency.StoredAnswer;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.storage.Storage;
import xyz.graphyn.testkit.storage.StorageContract;

class IdempotencyTest implements StorageContract {
    private static final StoredAnswer ANSWER = new StoredAnswer(201, "/once");

    private static TestDatabase database;

    @BeforeAll
    static void create() {
        database = TestDatabase.create();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    public Storage storage() {
        return database.ports();
    }

    private void store(IdempotencyKey key, Instant at) {
        storage().unitOfWork().run(key.organization(), () -> {
            storage().idempotency().store(key, "print", ANSWER, at);
            return key;
        });
    }

    private static List<String> kept(OrganizationId organization) {
        return database.read(
                "SELECT key FROM idempotency_key WHERE organization_id = '" + organization + "' ORDER BY key");
    }

    @Test
    void clearsForgottenAnswersAFewAtATime() {
        OrganizationId organization = newOrganization();
        for (int i = 0; i < 8; i++) {
            store(new IdempotencyKey(organization, "ada", "old " + i), NOW.minusSeconds(100 - i));
        }
        store(new IdempotencyKey(organization, "ada", "young"), NOW);
        for (String fresh : List.of("one", "two")) {
            storage()
                    .unitOfWork()
                    .run(
                            organization,
                            () -> storage()
                                    .idempotency()
                                    .claim(
                                            new IdempotencyKey(organization, "ada", fresh),
                                            "print",
                                            NOW.minusSeconds(50)));
            if (fresh.equals("one")) {
                assertEquals(List.of("old 5", "old 6", "old 7", "young"), kept(organization));
            }
        }
        assertEquals(List.of("young"), kept(organization));
    }

    @Test
    void doesOnceWhatFiftyAskForAtTheSameTime() {
        OrganizationId organization = newOrganization();
        IdempotentRequests requests =
                new IdempotentRequests(storage().idempotency(), storage().unitOfWork(), () -> NOW);
        AtomicInteger done = new AtomicInteger();
        List<Outcome<String>> outcomes = Concurrently.run(50, i -> {
            try {
                return requests.run(
                        new IdempotencyKey(organization, "ada", "key"),
                        "print",
                        () -> {
                            done.incrementAndGet();
                            newAgent(organization, Samples.profile("once"));
                            return "done";
                        },
                        answer -> ANSWER);
            } catch (Refusal.Conflict inFlight) {
                return new Outcome.DoneBefore<>(ANSWER);
            }
        });
        assertEquals(1, done.get());
        assertEquals(
                List.of("once"),
                database.read("SELECT name FROM agent WHERE organization_id = '" + organization + "'"));
        assertEquals(
                List.of(new Outcome.Done<>("done")),
                outcomes.stream()
                        .filter(outcome -> !outcome.equals(new Outcome.DoneBefore<>(ANSWER)))
                        .toList());
    }
}

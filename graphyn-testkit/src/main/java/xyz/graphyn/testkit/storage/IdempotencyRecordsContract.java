package xyz.graphyn.testkit.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.idempotency.IdempotencyKey;
import xyz.graphyn.application.idempotency.IdempotencyRecords;
import xyz.graphyn.application.idempotency.IdempotencyRecords.Claim;
import xyz.graphyn.application.idempotency.StoredAnswer;
import xyz.graphyn.testkit.Concurrently;
import xyz.graphyn.testkit.Samples;

/** {@link IdempotencyRecords}. */
public interface IdempotencyRecordsContract extends StorageContract {
    StoredAnswer ANSWER = new StoredAnswer(201, "/agents/1?" + Samples.NASTY_TEXT);
    Instant YESTERDAY = NOW.minus(Duration.ofHours(24));

    private IdempotencyRecords records() {
        return storage().idempotency();
    }

    private IdempotencyKey newKey() {
        return new IdempotencyKey(newOrganization(), "ada", "key-1");
    }

    private Claim claim(IdempotencyKey key, String fingerprint) {
        return storage().unitOfWork().run(key.organization(), () -> records().claim(key, fingerprint, YESTERDAY));
    }

    private void answer(IdempotencyKey key, String fingerprint, Instant at) {
        storage().unitOfWork().run(key.organization(), () -> {
            assertEquals(new Claim.Fresh(), records().claim(key, fingerprint, YESTERDAY));
            records().store(key, fingerprint, ANSWER, at);
            return key;
        });
    }

    @Test
    default void answersAgain() {
        IdempotencyKey key = newKey();
        answer(key, "print", NOW);
        assertEquals(new Claim.Answered(ANSWER), claim(key, "print"));
    }

    @Test
    default void tellsAnotherRequestOfTheSameKey() {
        IdempotencyKey key = newKey();
        answer(key, "print", NOW);
        assertEquals(new Claim.Reused(), claim(key, "another print"));
    }

    @Test
    default void keepsOrganizationsAndUsersApart() {
        IdempotencyKey key = newKey();
        answer(key, "print", NOW);
        IdempotencyKey elsewhere = new IdempotencyKey(newOrganization(), "ada", "key-1");
        IdempotencyKey somebodyElse = new IdempotencyKey(key.organization(), "grace", "key-1");
        assertEquals(new Claim.Fresh(), claim(elsewhere, "print"));
        assertEquals(new Claim.Fresh(), claim(somebodyElse, "print"));
    }

    @Test
    default void forgetsWhatIsTooOldAndTakesItsPlace() {
        IdempotencyKey key = newKey();
        answer(key, "print", YESTERDAY.minusMillis(1));
        answer(key, "another print", NOW);
        assertEquals(new Claim.Answered(ANSWER), claim(key, "another print"));
    }

    @Test
    default void freesTheKeyWhenTheUnitFails() {
        IdempotencyKey key = newKey();
        assertThrows(
                IllegalArgumentException.class,
                () -> storage().unitOfWork().run(key.organization(), () -> {
                    records().claim(key, "print", YESTERDAY);
                    records().store(key, "print", ANSWER, NOW);
                    throw new IllegalArgumentException("fails");
                }));
        assertEquals(new Claim.Fresh(), claim(key, "another print"));
    }

    @Test
    default void doesNotWaitForARequestThatIsUnderWay() {
        IdempotencyKey key = newKey();
        Claim meanwhile = storage().unitOfWork().run(key.organization(), () -> {
            records().claim(key, "print", YESTERDAY);
            return Concurrently.run(1, i -> claim(key, "print")).getFirst();
        });
        assertEquals(new Claim.InFlight(), meanwhile);
    }

    @Test
    default void needsAUnitOfWork() {
        IdempotencyKey key = newKey();
        assertThrows(IllegalStateException.class, () -> records().claim(key, "print", YESTERDAY));
        assertThrows(IllegalStateException.class, () -> records().store(key, "print", ANSWER, NOW));
    }
}

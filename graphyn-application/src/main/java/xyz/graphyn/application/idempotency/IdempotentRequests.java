package xyz.graphyn.application.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.Supplier;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.idempotency.IdempotencyRecords.Claim;
import xyz.graphyn.application.transaction.UnitOfWork;

/** Does a named request once, and says so as often as it is asked for again. */
public final class IdempotentRequests {
    /** Longer than any client retries on its own. */
    public static final Duration KEPT = Duration.ofHours(24);

    /** What became of a request. */
    public sealed interface Outcome<T> {
        /** It was done now. */
        record Done<T>(T answer) implements Outcome<T> {}

        /** It was done before. Nothing is open any more, so that the answer may be looked for at leisure. */
        record DoneBefore<T>(StoredAnswer first) implements Outcome<T> {}
    }

    private final IdempotencyRecords records;
    private final UnitOfWork unitOfWork;
    private final InstantSource clock;

    public IdempotentRequests(IdempotencyRecords records, UnitOfWork unitOfWork, InstantSource clock) {
        this.records = records;
        this.unitOfWork = unitOfWork;
        this.clock = clock;
    }

    /**
     * Does the request, in one unit of work with the keeping of its answer, unless it was done before. What {@code request}
     * throws passes, and leaves the key free.
     *
     * @param kept what is to be kept of the answer
     * @throws Refusal.KeyReused if the key named a request of another fingerprint in the last 24 hours
     * @throws Refusal.Conflict if the same request is under way
     */
    public <T> Outcome<T> run(
            IdempotencyKey key, String fingerprint, Supplier<T> request, Function<T, StoredAnswer> kept) {
        return unitOfWork.run(key.organization(), () -> {
            Instant now = clock.instant();
            return switch (records.claim(key, fingerprint, now.minus(KEPT))) {
                case Claim.Answered(StoredAnswer first) -> new Outcome.DoneBefore<T>(first);
                case Claim.InFlight() ->
                    throw new Refusal.Conflict("A request with this idempotency key is under way.");
                case Claim.Reused() -> throw new Refusal.KeyReused();
                case Claim.Fresh() -> {
                    T answer = request.get();
                    records.store(key, fingerprint, kept.apply(answer), now);
                    yield new Outcome.Done<>(answer);
                }
            };
        });
    }
}

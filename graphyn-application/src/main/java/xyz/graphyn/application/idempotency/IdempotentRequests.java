package xyz.graphyn.application.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.idempotency.IdempotencyRecords.Claim;
import xyz.graphyn.application.transaction.UnitOfWork;

/** Does a named request once, and gives its answer again as often as it is asked for. */
public final class IdempotentRequests {
    /** Longer than any client retries on its own. */
    public static final Duration KEPT = Duration.ofHours(24);

    private final IdempotencyRecords records;
    private final UnitOfWork unitOfWork;
    private final InstantSource clock;

    public IdempotentRequests(IdempotencyRecords records, UnitOfWork unitOfWork, InstantSource clock) {
        this.records = records;
        this.unitOfWork = unitOfWork;
        this.clock = clock;
    }

    /**
     * The request's answer: from {@code request}, which then runs in one unit of work with the keeping of its answer, or from
     * the first time. What {@code request} throws passes, and leaves the key free.
     *
     * @throws Refusal.KeyReused if the key named a request of another fingerprint in the last 24 hours
     * @throws Refusal.Conflict if the same request is under way
     */
    public StoredAnswer run(IdempotencyKey key, String fingerprint, Supplier<StoredAnswer> request) {
        return unitOfWork.run(key.organization(), () -> {
            Instant now = clock.instant();
            return switch (records.claim(key, fingerprint, now.minus(KEPT))) {
                case Claim.Answered(StoredAnswer answer) -> answer;
                case Claim.InFlight() ->
                    throw new Refusal.Conflict("A request with this idempotency key is under way.");
                case Claim.Reused() -> throw new Refusal.KeyReused();
                case Claim.Fresh() -> {
                    StoredAnswer answer = request.get();
                    records.store(key, fingerprint, answer, now);
                    yield answer;
                }
            };
        });
    }
}

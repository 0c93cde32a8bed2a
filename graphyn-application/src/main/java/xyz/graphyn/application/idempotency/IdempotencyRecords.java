package xyz.graphyn.application.idempotency;

import java.time.Instant;

/** Where the answers to named requests are kept. Both methods need a unit of work, and join it. */
public interface IdempotencyRecords {
    /**
     * Takes the key for the request of this fingerprint, until the unit of work ends. Of any number of concurrent claims of
     * one key, on however many servers, one is {@link Claim.Fresh}; the others don't wait: they are {@link Claim.InFlight}.
     *
     * @param fingerprint says whether two requests are the same; at most 64 characters
     * @param notBefore an answer stored earlier than this counts as forgotten
     */
    Claim claim(IdempotencyKey key, String fingerprint, Instant notBefore);

    /** Keeps the answer under a key whose claim was fresh. If the unit of work fails, the key is free again. */
    void store(IdempotencyKey key, String fingerprint, StoredAnswer answer, Instant now);

    /** What became of a claim. */
    sealed interface Claim {
        record Fresh() implements Claim {}

        record Answered(StoredAnswer answer) implements Claim {}

        record InFlight() implements Claim {}

        /** The key was used for a request of another fingerprint. */
        record Reused() implements Claim {}
    }
}

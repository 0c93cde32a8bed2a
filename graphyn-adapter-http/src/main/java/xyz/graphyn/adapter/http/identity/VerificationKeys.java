package xyz.graphyn.adapter.http.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The issuer's keys as they are known now. */
sealed interface VerificationKeys extends AutoCloseable permits PinnedKeys, PublishedKeys {

    /**
     * The keys that may have signed a token, none when there is no such key.
     *
     * @param id the key id that the token names; null when it names none
     * @throws xyz.graphyn.application.access.Refusal.Unavailable when no keys are known at all, so that a good token
     *     can't be told from a bad one
     */
    List<VerificationKey> candidates(@Nullable String id);

    /** Whether a key that was found before is still one of the issuer's. Never waits. */
    boolean holds(VerificationKey key);

    /** When the keys were last confirmed by the issuer; empty when none are known. */
    Optional<Instant> asOf();

    @Override
    void close();
}

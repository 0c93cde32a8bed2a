package xyz.graphyn.adapter.http.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keys from the configuration. They have no ids, so every one is a candidate for every token. */
final class PinnedKeys implements VerificationKeys {
    private final List<VerificationKey> keys;
    private final Instant readAt;

    PinnedKeys(KeySource.Pem source, Instant readAt) {
        this.keys = source.keys().stream()
                .map(key -> new VerificationKey(null, key, null))
                .toList();
        this.readAt = readAt;
    }

    @Override
    public List<VerificationKey> candidates(@Nullable String id) {
        return keys;
    }

    @Override
    public boolean holds(VerificationKey key) {
        return true;
    }

    @Override
    public Optional<Instant> asOf() {
        return Optional.of(readAt);
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}

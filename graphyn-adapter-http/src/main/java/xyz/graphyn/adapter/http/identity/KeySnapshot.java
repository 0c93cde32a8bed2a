package xyz.graphyn.adapter.http.identity;

import com.auth0.jwk.InvalidPublicKeyException;
import com.auth0.jwk.Jwk;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One whole answer of the issuer: the keys that tokens may be signed with, as of one moment. A new answer replaces it as
 * a whole, so a key that the issuer withdrew is gone with the next one.
 *
 * @param byId the keys that have an id
 * @param only the key for tokens that name none: the set's key, where it has just one (OpenID Connect Core, section
 *     10.1: with more than one, a key id must be given)
 */
record KeySnapshot(
        Map<String, VerificationKey> byId, @Nullable VerificationKey only, Instant fetchedAt) {
    private static final Logger log = LoggerFactory.getLogger(KeySnapshot.class);

    /** Issuers publish two or three. A set far beyond is a mistake that should not fill the heap. */
    private static final int MAX_KEYS = 100;

    /** @throws IllegalArgumentException when none of the keys can be used, or there are too many */
    static KeySnapshot of(List<Jwk> published, Instant fetchedAt) {
        if (published.size() > MAX_KEYS) {
            throw new IllegalArgumentException("the set has " + published.size() + " keys, more than " + MAX_KEYS);
        }
        Map<String, VerificationKey> byId = new HashMap<>();
        List<VerificationKey> usable = new ArrayList<>();
        for (Jwk jwk : published) {
            usable(jwk).ifPresent(key -> {
                usable.add(key);
                if (key.id() != null && byId.putIfAbsent(key.id(), key) != null) {
                    log.warn("Two signing keys have the id {}; the first one counts", Printable.text(key.id()));
                }
            });
        }
        if (usable.isEmpty()) {
            throw new IllegalArgumentException("the set has no RSA signing key of 2048 bits or more");
        }
        return new KeySnapshot(Map.copyOf(byId), usable.size() == 1 ? usable.getFirst() : null, fetchedAt);
    }

    List<VerificationKey> candidates(@Nullable String id) {
        VerificationKey key = id == null ? only : byId.get(id);
        return key == null ? List.of() : List.of(key);
    }

    boolean holds(VerificationKey key) {
        return key.equals(only) || (key.id() != null && key.equals(byId.get(key.id())));
    }

    boolean hasTheKeysOf(KeySnapshot other) {
        return byId.equals(other.byId) && (only == null ? other.only == null : only.equals(other.only));
    }

    /** RFC 7517, section 4: {@code use}, {@code key_ops} and {@code alg} say what a key is for. */
    private static Optional<VerificationKey> usable(Jwk jwk) {
        boolean forSignatures = jwk.getUsage() == null || jwk.getUsage().equals("sig");
        List<String> operations = jwk.getOperationsAsList();
        boolean forVerifying = operations == null || operations.isEmpty() || operations.contains("verify");
        if (!"RSA".equals(jwk.getType()) || !forSignatures || !forVerifying) {
            return Optional.empty();
        }
        Optional<SignatureAlgorithm> algorithm =
                Optional.ofNullable(jwk.getAlgorithm()).flatMap(SignatureAlgorithm::named);
        if (jwk.getAlgorithm() != null && algorithm.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (jwk.getPublicKey() instanceof RSAPublicKey key && VerificationKey.isStrongEnough(key)) {
                return Optional.of(new VerificationKey(jwk.getId(), key, algorithm.orElse(null)));
            }
            log.warn("Signing key {} is left out: its size is not allowed", Printable.text(jwk.getId()));
        } catch (InvalidPublicKeyException | RuntimeException e) {
            // Base64 or a member of the key is broken; the library says so with exceptions of many kinds.
            log.warn("Signing key {} is left out: it can't be read", Printable.text(jwk.getId()));
        }
        return Optional.empty();
    }
}

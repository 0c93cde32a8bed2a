package xyz.graphyn.adapter.http.identity;

import com.auth0.jwt.algorithms.Algorithm;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/**
 * The only algorithms there are here (RFC 7518, section 3.3). No symmetric one is among them, so a public key can never
 * be mistaken for a shared secret.
 */
enum SignatureAlgorithm {
    RS256 {
        @Override
        Algorithm with(RSAPublicKey key) {
            return Algorithm.RSA256(key, null);
        }
    },
    RS384 {
        @Override
        Algorithm with(RSAPublicKey key) {
            return Algorithm.RSA384(key, null);
        }
    },
    RS512 {
        @Override
        Algorithm with(RSAPublicKey key) {
            return Algorithm.RSA512(key, null);
        }
    };

    abstract Algorithm with(RSAPublicKey key);

    static Optional<SignatureAlgorithm> named(String name) {
        return switch (name) {
            case "RS256" -> Optional.of(RS256);
            case "RS384" -> Optional.of(RS384);
            case "RS512" -> Optional.of(RS512);
            default -> Optional.empty();
        };
    }
}

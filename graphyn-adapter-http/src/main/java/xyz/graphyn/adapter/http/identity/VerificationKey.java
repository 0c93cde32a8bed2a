package xyz.graphyn.adapter.http.identity;

import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.security.interfaces.RSAPublicKey;
import org.jspecify.annotations.Nullable;

/**
 * A public key that signatures are checked with. Two are equal when all of it is.
 *
 * @param id the key id that tokens name it by; null when it has none
 * @param algorithm the only algorithm that it may be used with; null when any of ours may
 */
record VerificationKey(
        @Nullable String id, RSAPublicKey key, @Nullable SignatureAlgorithm algorithm) {

    /** RFC 7518, section 3.3: a key of 2048 bits or larger must be used. */
    static final int MIN_BITS = 2048;

    /** The cost of a verification grows with the square of the size; no issuer uses more. */
    static final int MAX_BITS = 8192;

    static boolean isStrongEnough(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        return bits >= MIN_BITS && bits <= MAX_BITS;
    }

    boolean signed(DecodedJWT token, SignatureAlgorithm with) {
        if (algorithm != null && algorithm != with) {
            return false;
        }
        try {
            with.with(key).verify(token);
            return true;
        } catch (SignatureVerificationException e) {
            return false;
        }
    }
}

package xyz.graphyn.adapter.http.identity;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The protected header, as far as it may say anything. Keys that a token brings along ({@code jwk}, {@code x5c}) or
 * points to ({@code jku}, {@code x5u}) are never used.
 */
record TokenHeader(SignatureAlgorithm algorithm, @Nullable String keyId) {
    private static final Set<String> CLERK_TYPES = Set.of("jwt");

    /** RFC 9068, section 2.1, and what older providers write. */
    private static final Set<String> OIDC_TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

    /**
     * The categories that Clerk stamps on session tokens: its own, and the one of instances that stamp all tokens alike.
     * Templates and machine tokens, signed with the same key, have others.
     */
    private static final Set<String> CLERK_SESSION_CATEGORIES = Set.of("cl_B7d4PD111AAA", "cl_I7d4PD111III");

    static TokenHeader read(TokenJson header, IdentityConfiguration.Format format) {
        if (header.has("crit")) {
            // RFC 7515, section 4.1.11: what must be understood and isn't makes the token invalid. We understand none.
            throw RejectedToken.invalid("crit is not supported");
        }
        JsonNode algorithm = header.get("alg");
        if (algorithm == null || !algorithm.isString()) {
            throw RejectedToken.invalid("alg is missing");
        }
        SignatureAlgorithm known = SignatureAlgorithm.named(algorithm.stringValue())
                .orElseThrow(() -> RejectedToken.invalid("alg is not allowed"));
        Set<String> types = switch (format) {
            case CLERK -> CLERK_TYPES;
            case OIDC -> OIDC_TYPES;
        };
        if (!header.name("typ")
                .map(type -> types.contains(type.toLowerCase(Locale.ROOT)))
                .orElse(true)) {
            throw RejectedToken.invalid("typ is not a session's");
        }
        if (format == IdentityConfiguration.Format.CLERK
                && !header.name("cat").map(CLERK_SESSION_CATEGORIES::contains).orElse(true)) {
            throw RejectedToken.invalid("cat is not a session's");
        }
        return new TokenHeader(known, header.name("kid").orElse(null));
    }
}

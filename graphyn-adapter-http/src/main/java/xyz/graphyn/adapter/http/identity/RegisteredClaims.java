package xyz.graphyn.adapter.http.identity;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import xyz.graphyn.adapter.http.identity.IdentityConfiguration.Format;

/**
 * The claims that mean the same with every issuer (RFC 7519, section 4.1), checked.
 *
 * <p>The JWT library checks times too, but counts a token as good in the second in which it ends, cuts fractions off, and
 * says "expired" only for some of the ways to be so; here a token ends exactly at {@code exp} plus the skew.
 */
record RegisteredClaims(String subject, @Nullable String impersonator, Instant expiresAt) {
    /** The last second of the year 9999. Milliseconds given as seconds are beyond it. */
    private static final long LAST_SECOND = 253_402_300_799L;

    static RegisteredClaims check(TokenJson claims, IdentityConfiguration configuration, Instant now) {
        if (!claims.requiredName("iss").equals(configuration.issuer())) {
            throw RejectedToken.invalid("iss is another issuer");
        }
        checkParty(claims, configuration);
        checkAudience(claims, configuration);
        Instant expiresAt = checkTimes(claims, configuration, now);
        Optional<String> impersonator = claims.object("act").map(actor -> actor.requiredName("sub"));
        return new RegisteredClaims(claims.requiredName("sub"), impersonator.orElse(null), expiresAt);
    }

    private static Instant checkTimes(TokenJson claims, IdentityConfiguration configuration, Instant now) {
        Instant expiresAt = requiredTime(claims, "exp");
        Instant issuedAt = requiredTime(claims, "iat");
        // Keycloak and Auth0 write no nbf, and RFC 9068 doesn't ask for it. Clerk always does.
        Instant notBefore = configuration.format() == Format.CLERK
                ? requiredTime(claims, "nbf")
                : time(claims, "nbf").orElse(Instant.EPOCH);
        if (!now.isBefore(expiresAt.plus(configuration.clockSkew()))) {
            throw RejectedToken.expired();
        }
        Instant latestStart = now.plus(configuration.clockSkew());
        if (notBefore.isAfter(latestStart)) {
            throw RejectedToken.invalid("nbf is in the future");
        }
        if (issuedAt.isAfter(latestStart)) {
            throw RejectedToken.invalid("iat is in the future");
        }
        if (!expiresAt.isAfter(notBefore) || !expiresAt.isAfter(issuedAt)) {
            throw RejectedToken.invalid("it ends before it starts");
        }
        return expiresAt;
    }

    private static Instant requiredTime(TokenJson claims, String claim) {
        return time(claims, claim).orElseThrow(() -> RejectedToken.invalid(claim + " is missing"));
    }

    /** RFC 7519 would allow fractions of a second; no issuer writes them, and a time that isn't whole is a mistake. */
    private static Optional<Instant> time(TokenJson claims, String claim) {
        JsonNode value = claims.get(claim);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw RejectedToken.invalid(claim + " is no whole number of seconds");
        }
        long seconds = value.longValue();
        if (seconds < 0 || seconds > LAST_SECOND) {
            throw RejectedToken.invalid(claim + " is out of range");
        }
        return Optional.of(Instant.ofEpochSecond(seconds));
    }

    /** Who presents the token: for Clerk the web page's origin, for OIDC the client. */
    private static void checkParty(TokenJson claims, IdentityConfiguration configuration) {
        if (configuration.authorizedParties().isEmpty()) {
            return;
        }
        Optional<String> party = claims.name("azp");
        if (party.isEmpty() && configuration.format() == Format.OIDC) {
            party = claims.name("client_id");
        }
        // A missing claim is refused too, or leaving it out would be the way around the check.
        if (!party.map(configuration.authorizedParties()::contains).orElse(false)) {
            throw RejectedToken.invalid("azp is not an authorized party");
        }
    }

    private static void checkAudience(TokenJson claims, IdentityConfiguration configuration) {
        List<String> audience = claims.oneOrMany("aud");
        if (!configuration.audiences().isEmpty() && Collections.disjoint(audience, configuration.audiences())) {
            throw RejectedToken.invalid("aud does not name us");
        }
    }
}

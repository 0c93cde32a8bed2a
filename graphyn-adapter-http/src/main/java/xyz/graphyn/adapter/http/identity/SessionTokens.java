package xyz.graphyn.adapter.http.identity;

import com.auth0.jwt.JWT;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.interfaces.DecodedJWT;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.access.Refusal.NotAuthenticated.Reason;
import xyz.graphyn.application.access.VerifiedSession;
import xyz.graphyn.domain.access.Role;

/**
 * Verifies the session tokens of one issuer. Safe for use by many threads.
 *
 * <p>A token that was found good is remembered until it ends, since the signature of one user's token would otherwise be
 * checked on every request of theirs. Remembered is its SHA-256, so that a heap dump has no token in it, with the key
 * that had signed it: when that key is withdrawn, the memory of it does not count. Bad tokens are not remembered.
 *
 * <p>Tokens are neither logged nor echoed. The failed check goes to the log at debug level with the key id.
 */
public final class SessionTokens implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SessionTokens.class);

    /** At some 500 bytes each, 10 MB at most. */
    private static final int MAX_REMEMBERED = 20_000;

    /** RFC 7515, section 7.1, with no part empty: an unsigned token ends with a dot. */
    private static final Pattern COMPACT = Pattern.compile("[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++\\.[A-Za-z0-9_-]++");

    private record Remembered(VerifiedSession session, VerificationKey signedBy) {}

    private final IdentityConfiguration configuration;
    private final InstantSource clock;
    private final VerificationKeys keys;
    private final Cache<String, Remembered> remembered;

    private SessionTokens(IdentityConfiguration configuration, InstantSource clock, VerificationKeys keys) {
        this.configuration = configuration;
        this.clock = clock;
        this.keys = keys;
        this.remembered = Caffeine.newBuilder()
                .maximumSize(MAX_REMEMBERED)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfter(Expiry.<String, Remembered>creating((digest, entry) -> untilTheEndOf(entry.session())))
                .build();
    }

    /**
     * Starts to fetch the issuer's keys where they are published, and does not wait for them: an issuer that can't be
     * reached keeps nobody from starting. Until the keys are here, {@link #verify} answers {@link Refusal.Unavailable}.
     *
     * @param clock the time by which tokens begin and end
     */
    public static SessionTokens open(IdentityConfiguration configuration, InstantSource clock) {
        if (configuration.authorizedParties().isEmpty()
                && configuration.audiences().isEmpty()) {
            log.warn(
                    "No authorized parties are configured: a session token that was made for any web page of the issuer's"
                            + " is accepted");
        }
        return new SessionTokens(
                configuration,
                clock,
                switch (configuration.keys()) {
                    case KeySource.Pem pem -> new PinnedKeys(pem, clock.instant());
                    case KeySource.Jwks jwks -> new PublishedKeys(jwks, clock);
                });
    }

    /**
     * Says who the bearer of a token is. A known key id never waits for the network; an unknown one may, for 2 s at most.
     *
     * @throws Refusal.NotAuthenticated as expired when the token is the issuer's and has ended; as invalid otherwise, or
     *     as missing when it is empty
     * @throws Refusal.NotAllowed when the token is good, and the user's role in the active organization has no meaning
     *     here
     * @throws Refusal.Unavailable when the issuer's keys are not known, so that nothing can be said about the token
     */
    public VerifiedSession verify(String token) {
        if (token.isEmpty()) {
            throw new Refusal.NotAuthenticated(Reason.MISSING);
        }
        if (token.length() > BearerToken.MAX_LENGTH) {
            log.debug("Token refused: too long");
            throw new Refusal.NotAuthenticated(Reason.INVALID);
        }
        String digest = sha256(token);
        Remembered entry = remembered.getIfPresent(digest);
        if (entry != null && keys.holds(entry.signedBy())) {
            if (untilTheEndOf(entry.session()).isPositive()) {
                return entry.session();
            }
            throw new Refusal.NotAuthenticated(Reason.EXPIRED);
        }
        Remembered verified = verifyAnew(token);
        remembered.put(digest, verified);
        return verified.session();
    }

    /** When the issuer's keys were last confirmed by it, for the health report; empty when there are none. */
    public Optional<Instant> keysAsOf() {
        return keys.asOf();
    }

    /** Ends the fetching of keys. */
    @Override
    public void close() {
        keys.close();
    }

    private Remembered verifyAnew(String token) {
        String keyId = null;
        try {
            if (!COMPACT.matcher(token).matches()) {
                throw RejectedToken.invalid("not a signed token in compact form");
            }
            TokenHeader header =
                    TokenHeader.read(TokenJson.decode(token.substring(0, token.indexOf('.'))), configuration.format());
            keyId = header.keyId();
            VerificationKey signedBy = signer(token, header);
            return new Remembered(session(token), signedBy);
        } catch (RejectedToken e) {
            log.debug("Token refused: {} (key id {})", e.failedCheck(), Printable.text(keyId));
            throw new Refusal.NotAuthenticated(e.reason());
        }
    }

    private VerificationKey signer(String token, TokenHeader header) {
        if (header.keyId() == null
                && configuration.keys() instanceof KeySource.Jwks
                && configuration.format() == IdentityConfiguration.Format.CLERK) {
            throw RejectedToken.invalid("kid is missing");
        }
        List<VerificationKey> candidates = keys.candidates(header.keyId());
        if (candidates.isEmpty()) {
            throw RejectedToken.invalid("kid is unknown");
        }
        DecodedJWT decoded;
        try {
            decoded = JWT.decode(token);
        } catch (JWTDecodeException e) {
            throw RejectedToken.invalid("a part can't be decoded, or a time or aud is of another type");
        }
        return candidates.stream()
                .filter(key -> key.signed(decoded, header.algorithm()))
                .findFirst()
                .orElseThrow(() -> RejectedToken.invalid("the signature is not the key's, or its algorithm is not"));
    }

    private VerifiedSession session(String token) {
        TokenJson claims = TokenJson.decode(token.substring(token.indexOf('.') + 1, token.lastIndexOf('.')));
        RegisteredClaims registered = RegisteredClaims.check(claims, configuration, clock.instant());
        Optional<Membership> membership = switch (configuration.format()) {
            case CLERK -> ClerkClaims.membership(claims);
            case OIDC ->
                new OidcClaims(configuration.organizationClaim(), configuration.roleClaim()).membership(claims);
        };
        return new VerifiedSession(
                configuration.issuer(),
                registered.subject(),
                membership.map(Membership::organization).orElse(null),
                // Without an organization, a user acts in their own, and nobody else is in it.
                membership.map(this::highestRole).orElse(Role.ADMIN),
                registered.impersonator(),
                registered.expiresAt());
    }

    /** Roles are ordered as they are declared. */
    private Role highestRole(Membership membership) {
        return membership.roles().stream()
                .filter(name -> !name.equals(IdentityConfiguration.ANY_ROLE))
                .map(configuration.roles()::get)
                .filter(Objects::nonNull)
                .min(Role::compareTo)
                .or(() -> Optional.ofNullable(configuration.roles().get(IdentityConfiguration.ANY_ROLE)))
                .orElseThrow(() -> {
                    log.debug(
                            "Token refused: none of the roles {} is mapped",
                            Printable.text(membership.roles().toString()));
                    return new Refusal.NotAllowed("Your role in this organization gives no access here.");
                });
    }

    /** Nothing, and never less, from the end on. */
    private Duration untilTheEndOf(VerifiedSession session) {
        Duration left = Duration.between(clock.instant(), session.expiresAt().plus(configuration.clockSkew()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private static String sha256(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return new String(digest, StandardCharsets.ISO_8859_1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

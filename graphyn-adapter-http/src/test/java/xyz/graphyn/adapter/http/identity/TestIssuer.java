package xyz.graphyn.adapter.http.identity;

import com.auth0.jwt.algorithms.Algorithm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.domain.access.Role;

/**
 * Makes tokens as an issuer would, and as one never would: header and payload are any text, and only the signature is
 * always what it claims to be.
 */
final class TestIssuer {
    static final String NAME = "https://clerk.example.com";
    static final String WEB_PAGE = "https://app.example.com";
    static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    static final Instant END = NOW.plusSeconds(60);

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TestIssuer() {}

    /** Settings for Clerk's tokens, with one authorized party and the four roles. */
    static IdentityConfiguration clerk(KeySource keys) {
        return clerk(keys, Set.of(WEB_PAGE), Set.of(), IdentityConfiguration.DEFAULT_ROLES);
    }

    static IdentityConfiguration clerk(
            KeySource keys, Set<String> authorizedParties, Set<String> audiences, Map<String, Role> roles) {
        return new IdentityConfiguration(
                NAME,
                IdentityConfiguration.Format.CLERK,
                keys,
                authorizedParties,
                audiences,
                IdentityConfiguration.DEFAULT_ORGANIZATION_CLAIM,
                IdentityConfiguration.DEFAULT_ROLE_CLAIM,
                roles,
                IdentityConfiguration.DEFAULT_CLOCK_SKEW);
    }

    static IdentityConfiguration oidc(
            KeySource keys,
            String issuer,
            Set<String> authorizedParties,
            Set<String> audiences,
            String organizationClaim,
            String roleClaim) {
        return new IdentityConfiguration(
                issuer,
                IdentityConfiguration.Format.OIDC,
                keys,
                authorizedParties,
                audiences,
                organizationClaim,
                roleClaim,
                IdentityConfiguration.DEFAULT_ROLES,
                IdentityConfiguration.DEFAULT_CLOCK_SKEW);
    }

    /** Refreshed once an hour, so that within a test nothing is fetched that the test didn't ask for. */
    static KeySource.Jwks keysAt(URI url, Duration requestTimeout) {
        return new KeySource.Jwks(
                url,
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                requestTimeout,
                Duration.ofDays(1));
    }

    static KeySource.Jwks keysAt(URI url) {
        return keysAt(url, Duration.ofSeconds(5));
    }

    static Map<String, @Nullable Object> header(TestKey key) {
        Map<String, @Nullable Object> header = new LinkedHashMap<>();
        header.put("alg", "RS256");
        header.put("kid", key.id());
        header.put("typ", "JWT");
        return header;
    }

    /** Ada, without an active organization, from now on for a minute; as Clerk's version 1 writes it. */
    static Map<String, @Nullable Object> claims() {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("azp", WEB_PAGE);
        claims.put("exp", END.getEpochSecond());
        claims.put("iat", NOW.getEpochSecond());
        claims.put("iss", NAME);
        claims.put("nbf", NOW.minusSeconds(10).getEpochSecond());
        claims.put("sid", "sess_1");
        claims.put("sub", "user_ada");
        return claims;
    }

    /** A null value puts a JSON null; to leave a claim out, see {@link #without}. */
    static Map<String, @Nullable Object> with(
            Map<String, @Nullable Object> object, String name, @Nullable Object value) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(object);
        changed.put(name, value);
        return changed;
    }

    static Map<String, @Nullable Object> without(Map<String, @Nullable Object> object, String name) {
        Map<String, @Nullable Object> changed = new LinkedHashMap<>(object);
        changed.remove(name);
        return changed;
    }

    static String token(Map<String, @Nullable Object> claims) {
        return token(TestKey.FIRST, header(TestKey.FIRST), claims);
    }

    static String token(TestKey key, Map<String, @Nullable Object> header, Map<String, @Nullable Object> claims) {
        return signed(key, json(header), json(claims));
    }

    /** Signed with RSA and SHA-256, whatever the header says. */
    static String signed(TestKey key, String header, String payload) {
        return signed(Algorithm.RSA256(key.publicKey(), key.privateKey()), header, payload);
    }

    static String signed(Algorithm algorithm, String header, String payload) {
        byte[] headerBytes = base64Url(header).getBytes(StandardCharsets.US_ASCII);
        byte[] payloadBytes = base64Url(payload).getBytes(StandardCharsets.US_ASCII);
        byte[] signature = algorithm.sign(headerBytes, payloadBytes);
        return base64Url(header)
                + "."
                + base64Url(payload)
                + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    }

    static String json(Object object) {
        return JSON.writeValueAsString(object);
    }

    static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}

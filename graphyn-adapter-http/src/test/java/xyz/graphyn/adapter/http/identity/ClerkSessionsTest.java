package xyz.graphyn.adapter.http.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static xyz.graphyn.adapter.http.identity.TestIssuer.END;
import static xyz.graphyn.adapter.http.identity.TestIssuer.NOW;
import static xyz.graphyn.adapter.http.identity.TestIssuer.claims;
import static xyz.graphyn.adapter.http.identity.TestIssuer.header;
import static xyz.graphyn.adapter.http.identity.TestIssuer.token;
import static xyz.graphyn.adapter.http.identity.TestIssuer.with;
import static xyz.graphyn.adapter.http.identity.TestIssuer.without;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.access.VerifiedSession;
import xyz.graphyn.domain.access.Role;

class ClerkSessionsTest {
    private static final KeySource KEYS = TestKey.FIRST.pinned();

    private final SessionTokens tokens = SessionTokens.open(TestIssuer.clerk(KEYS), () -> NOW);

    @Test
    void withoutAnOrganizationAUserIsAdminOfTheirOwn() {
        assertEquals(
                new VerifiedSession(TestIssuer.NAME, "user_ada", null, Role.ADMIN, null, END),
                tokens.verify(token(claims())));
    }

    @Test
    void readsVersion1() {
        Map<String, @Nullable Object> claims = with(claims(), "org_id", "org_acme");
        claims = with(claims, "org_role", "org:member");
        claims = with(claims, "org_slug", "acme");
        claims = with(claims, "org_permissions", List.of("org:reports:read"));

        assertEquals(
                new VerifiedSession(TestIssuer.NAME, "user_ada", "org_acme", Role.MEMBER, null, END),
                tokens.verify(token(claims)));
    }

    @Test
    void readsVersion2() {
        assertEquals(
                new VerifiedSession(TestIssuer.NAME, "user_ada", "org_acme", Role.VIEWER, null, END),
                tokens.verify(token(version2(Map.of(
                        "id", "org_acme", "slg", "acme", "rol", "viewer", "per", "read,manage", "fpm", "3,2")))));
    }

    @ParameterizedTest
    @CsvSource({"admin,ADMIN", "member,MEMBER", "viewer,VIEWER", "auditor,AUDITOR"})
    void eachRoleMeansTheSameInBothVersions(String name, Role role) {
        Map<String, @Nullable Object> version1 = with(with(claims(), "org_id", "org_acme"), "org_role", "org:" + name);

        assertEquals(role, tokens.verify(token(version1)).role());
        assertEquals(
                role,
                tokens.verify(token(version2(Map.of("id", "org_acme", "rol", name))))
                        .role());
    }

    @Test
    void featureMasksAboveTwoToThe53AreNoObstacle() {
        for (Object masks : List.of(
                "18446744073709551615,3", BigInteger.TWO.pow(64).subtract(BigInteger.ONE), "9007199254740993")) {
            Map<String, @Nullable Object> claims = with(
                    version2(Map.of("id", "org_acme", "rol", "member", "per", "read,manage", "fpm", masks)),
                    "fea",
                    "o:dashboard,u:export,uo:chat");

            assertEquals(
                    Role.MEMBER,
                    tokens.verify(token(with(claims, "pla", "u:free,o:pro"))).role());
        }
    }

    @Test
    void version2DoesNotReadTheClaimsOfVersion1() {
        Map<String, @Nullable Object> claims = with(with(claims(), "org_id", "org_other"), "org_role", "org:admin");

        VerifiedSession personal = tokens.verify(token(with(claims, "v", 2)));
        VerifiedSession member =
                tokens.verify(token(with(with(claims, "v", 2), "o", Map.of("id", "org_acme", "rol", "member"))));

        assertNull(personal.organization());
        assertEquals("org_acme", member.organization());
        assertEquals(Role.MEMBER, member.role());
    }

    @Test
    void version1DoesNotReadTheClaimOfVersion2() {
        Map<String, @Nullable Object> claims = with(claims(), "o", Map.of("id", "org_other", "rol", "admin"));

        assertNull(tokens.verify(token(claims)).organization());
        assertNull(tokens.verify(token(with(claims, "v", 1))).organization());
    }

    @Test
    void keepsWhoActsInTheUsersPlace() {
        Map<String, @Nullable Object> actor = Map.of(
                "iss",
                "https://dashboard.clerk.com",
                "sid",
                "sess_2",
                "sub",
                "user_support",
                "act",
                Map.of("sub", "user_earlier"));

        assertEquals(
                "user_support",
                tokens.verify(token(with(claims(), "act", actor))).impersonator());
        assertNull(tokens.verify(token(with(claims(), "act", null))).impersonator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"org:billing", "org:ADMIN", "org:admin ", "*", "org:*"})
    void aRoleWithoutAMeaningIsAllowedNothing(String role) {
        Map<String, @Nullable Object> claims = with(with(claims(), "org_id", "org_acme"), "org_role", role);

        assertThrows(Refusal.NotAllowed.class, () -> tokens.verify(token(claims)));
    }

    @Test
    void noRoleInAnOrganizationIsAllowedNothing() {
        assertThrows(Refusal.NotAllowed.class, () -> tokens.verify(token(with(claims(), "org_id", "org_acme"))));
        assertThrows(Refusal.NotAllowed.class, () -> tokens.verify(token(version2(Map.of("id", "org_acme")))));
    }

    @Test
    void theRoleMapDecidesWithOrWithoutPrefix() {
        Map<String, Role> roles = Map.of("org:billing", Role.AUDITOR, "support", Role.VIEWER, "*", Role.MEMBER);
        SessionTokens mapped = SessionTokens.open(TestIssuer.clerk(KEYS, Set.of(), Set.of(), roles), () -> NOW);
        Map<String, @Nullable Object> claims = with(claims(), "org_id", "org_acme");

        assertEquals(
                Role.AUDITOR,
                mapped.verify(token(with(claims, "org_role", "org:billing"))).role());
        assertEquals(
                Role.VIEWER,
                mapped.verify(token(with(claims, "org_role", "org:support"))).role());
        assertEquals(
                Role.MEMBER,
                mapped.verify(token(with(claims, "org_role", "org:anything"))).role());
        assertEquals(Role.MEMBER, mapped.verify(token(claims)).role());
    }

    @Test
    void theClocksMayBeFiveSecondsApart() {
        long now = NOW.getEpochSecond();

        Map<String, @Nullable Object> ended = with(with(claims(), "iat", now - 64), "exp", now - 4);

        assertEquals(NOW.minusSeconds(4), tokens.verify(token(ended)).expiresAt());
        assertEquals(END, tokens.verify(token(with(claims(), "nbf", now + 5))).expiresAt());
        assertEquals(END, tokens.verify(token(with(claims(), "iat", now + 5))).expiresAt());
    }

    @Test
    void theAudienceCountsOnceItIsConfigured() {
        SessionTokens strict = SessionTokens.open(
                TestIssuer.clerk(
                        KEYS, Set.of(), Set.of("graphyn", "graphyn-next"), IdentityConfiguration.DEFAULT_ROLES),
                () -> NOW);

        assertEquals(
                "user_ada",
                strict.verify(token(with(claims(), "aud", "graphyn"))).subject());
        assertEquals(
                "user_ada",
                strict.verify(token(with(claims(), "aud", List.of("other", "graphyn-next"))))
                        .subject());
        assertEquals(
                "user_ada",
                tokens.verify(token(with(claims(), "aud", "anything"))).subject());
        for (Object audience : List.of("other", List.of("other"), List.of(), "Graphyn", List.of("graphyn ", "x"))) {
            assertThrows(Refusal.NotAuthenticated.class, () -> strict.verify(token(with(claims(), "aud", audience))));
        }
        assertThrows(Refusal.NotAuthenticated.class, () -> strict.verify(token(claims())));
    }

    @Test
    void withoutAuthorizedPartiesAnyWillDo() {
        SessionTokens open = SessionTokens.open(
                TestIssuer.clerk(KEYS, Set.of(), Set.of(), IdentityConfiguration.DEFAULT_ROLES), () -> NOW);

        assertEquals("user_ada", open.verify(token(without(claims(), "azp"))).subject());
        assertEquals(
                "user_ada",
                open.verify(token(with(claims(), "azp", "https://any.example.com")))
                        .subject());
    }

    @Test
    void acceptsWhatClerkMayWriteInTheHeader() {
        Map<String, @Nullable Object> header = header(TestKey.FIRST);

        for (Map<String, @Nullable Object> each : List.of(
                without(header, "typ"),
                without(header, "kid"),
                with(header, "kid", "another_name_for_a_pinned_key"),
                with(header, "cat", "cl_B7d4PD111AAA"),
                with(header, "cat", "cl_I7d4PD111III"))) {
            assertEquals(
                    "user_ada",
                    tokens.verify(token(TestKey.FIRST, each, claims())).subject());
        }
    }

    @Test
    void verifiesAllThreeAlgorithms() {
        TestKey key = TestKey.FIRST;
        for (Algorithm algorithm : List.of(
                Algorithm.RSA256(key.publicKey(), key.privateKey()),
                Algorithm.RSA384(key.publicKey(), key.privateKey()),
                Algorithm.RSA512(key.publicKey(), key.privateKey()))) {
            String token = JWT.create()
                    .withKeyId(key.id())
                    .withIssuer(TestIssuer.NAME)
                    .withSubject("user_" + algorithm.getName())
                    .withIssuedAt(NOW)
                    .withNotBefore(NOW)
                    .withExpiresAt(END)
                    .withClaim("azp", TestIssuer.WEB_PAGE)
                    .sign(algorithm);

            assertEquals("user_" + algorithm.getName(), tokens.verify(token).subject());
        }
    }

    private static Map<String, @Nullable Object> version2(Map<String, Object> organization) {
        return with(with(with(claims(), "v", 2), "sts", "active"), "o", organization);
    }
}

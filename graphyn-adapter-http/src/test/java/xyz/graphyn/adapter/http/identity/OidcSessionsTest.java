package xyz.graphyn.adapter.http.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static xyz.graphyn.adapter.http.identity.TestIssuer.END;
import static xyz.graphyn.adapter.http.identity.TestIssuer.NOW;
import static xyz.graphyn.adapter.http.identity.TestIssuer.header;
import static xyz.graphyn.adapter.http.identity.TestIssuer.token;
import static xyz.graphyn.adapter.http.identity.TestIssuer.with;
import static xyz.graphyn.adapter.http.identity.TestIssuer.without;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.access.VerifiedSession;
import xyz.graphyn.domain.access.Role;

class OidcSessionsTest {
    private static final String REALM = "https://sso.example.com/realms/acme";
    private static final String TENANT = "https://acme.eu.auth0.com/";

    private final SessionTokens keycloak = SessionTokens.open(
            TestIssuer.oidc(
                    TestKey.FIRST.pinned(),
                    REALM,
                    Set.of("graphyn-web"),
                    Set.of(),
                    "organization",
                    "realm_access.roles"),
            () -> NOW);

    private final SessionTokens auth0 = SessionTokens.open(
            TestIssuer.oidc(
                    TestKey.FIRST.pinned(),
                    TENANT,
                    Set.of(),
                    Set.of("https://graphyn.example.com"),
                    "org_id",
                    "https://example.com/roles"),
            () -> NOW);

    @Test
    void readsKeycloaksTokens() {
        assertEquals(
                new VerifiedSession(REALM, "6f1a…-ada", "0197-acme", Role.MEMBER, null, END),
                keycloak.verify(token(keycloakClaims())));
    }

    @Test
    void readsAuth0sTokens() {
        assertEquals(
                new VerifiedSession(TENANT, "auth0|65a1", "org_acme", Role.ADMIN, null, END),
                auth0.verify(token(auth0Claims())));
    }

    @Test
    void theHighestMappedRoleWins() {
        Map<String, @Nullable Object> claims = keycloakClaims();

        assertEquals(Role.ADMIN, role(claims, List.of("auditor", "viewer", "admin", "member")));
        assertEquals(Role.MEMBER, role(claims, List.of("auditor", "viewer", "member", "offline_access")));
        assertEquals(Role.VIEWER, role(claims, List.of("uma_authorization", "auditor", "viewer")));
        assertEquals(Role.AUDITOR, role(claims, "auditor"));
    }

    @Test
    void rolesWithoutAMeaningAreAllowedNothing() {
        for (Object roles :
                List.of(List.of(), List.of("offline_access"), List.of("org:admin"), "Admin", "admin member")) {
            assertThrows(Refusal.NotAllowed.class, () -> role(keycloakClaims(), roles));
        }
        assertThrows(Refusal.NotAllowed.class, () -> keycloak.verify(token(without(keycloakClaims(), "realm_access"))));
    }

    @Test
    void aRoleClaimOfAnotherShapeIsRefused() {
        for (Object roles : List.of(1, Map.of("admin", true), List.of("admin", 1), List.of(List.of("admin")), "")) {
            assertThrows(Refusal.NotAuthenticated.class, () -> role(keycloakClaims(), roles));
        }
    }

    @Test
    void readsEachShapeOfAnOrganization() {
        assertEquals("acme", organization("acme"));
        assertEquals("acme", organization(List.of("acme")));
        assertEquals("0197", organization(Map.of("acme", Map.of("id", "0197"))));
        assertEquals("acme", organization(Map.of("acme", Map.of())));
        assertNull(organization(List.of()));
        assertNull(organization(Map.of()));
        assertNull(organization(null));
    }

    @Test
    void anOrganizationThatIsNotOneIsRefused() {
        for (Object organization : List.of(
                1,
                true,
                "",
                " ",
                "a\u0000b",
                List.of("acme", "other"),
                List.of(1),
                List.of(List.of("acme")),
                Map.of("acme", Map.of(), "other", Map.of()),
                Map.of("acme", Map.of("id", 1)),
                Map.of("", Map.of()),
                Map.of("id", "acme"),
                Map.of("acme", List.of("member")))) {
            assertThrows(Refusal.NotAuthenticated.class, () -> organization(organization), organization::toString);
        }
    }

    @Test
    void withoutAnOrganizationAUserIsAdminOfTheirOwn() {
        VerifiedSession session = keycloak.verify(token(without(keycloakClaims(), "organization")));

        assertNull(session.organization());
        assertEquals(Role.ADMIN, session.role());
    }

    @Test
    void findsAClientWithADotInItsName() {
        SessionTokens tokens = SessionTokens.open(
                TestIssuer.oidc(
                        TestKey.FIRST.pinned(),
                        REALM,
                        Set.of("graphyn-web"),
                        Set.of(),
                        "organization",
                        "resource_access.graphyn.api.v1.roles"),
                () -> NOW);
        Map<String, @Nullable Object> claims = with(
                keycloakClaims(),
                "resource_access",
                Map.of(
                        "graphyn",
                        Map.of("roles", List.of("admin")),
                        "graphyn.api.v1",
                        Map.of("roles", List.of("viewer"))));

        assertEquals(Role.VIEWER, tokens.verify(token(claims)).role());
    }

    @Test
    void anExactNameGoesBeforeAPath() {
        Map<String, @Nullable Object> claims = with(keycloakClaims(), "realm_access.roles", "auditor");

        assertEquals(Role.AUDITOR, keycloak.verify(token(claims)).role());
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "application/at+jwt"})
    void acceptsTheTypesOfAccessTokens(String type) {
        Map<String, @Nullable Object> header = with(header(TestKey.FIRST), "typ", type);

        assertEquals(
                "auth0|65a1",
                auth0.verify(token(TestKey.FIRST, header, auth0Claims())).subject());
    }

    @ParameterizedTest
    @ValueSource(strings = {"logout+jwt", "dpop+jwt", "secevent+jwt", "JWE", ""})
    void refusesOtherTypes(String type) {
        Map<String, @Nullable Object> header = with(header(TestKey.FIRST), "typ", type);

        assertThrows(Refusal.NotAuthenticated.class, () -> auth0.verify(token(TestKey.FIRST, header, auth0Claims())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ID", "Refresh", "Offline", "Logout", "DPoP", ""})
    void refusesKeycloaksOtherTokens(String type) {
        assertThrows(Refusal.NotAuthenticated.class, () -> keycloak.verify(token(with(keycloakClaims(), "typ", type))));
    }

    @Test
    void notBeforeCountsWhereItIsGiven() {
        Map<String, @Nullable Object> claims = keycloakClaims();

        assertEquals(END, keycloak.verify(token(with(claims, "nbf", 0))).expiresAt());
        assertThrows(
                Refusal.NotAuthenticated.class,
                () -> keycloak.verify(token(with(claims, "nbf", NOW.getEpochSecond() + 6))));
        for (String required : List.of("exp", "iat", "sub", "iss", "azp")) {
            assertThrows(
                    Refusal.NotAuthenticated.class, () -> keycloak.verify(token(without(claims, required))), required);
        }
    }

    @Test
    void theClientMayBeNamedAsInRfc9068() {
        Map<String, @Nullable Object> claims = without(keycloakClaims(), "azp");

        assertEquals(
                END,
                keycloak.verify(token(with(claims, "client_id", "graphyn-web"))).expiresAt());
        for (Map<String, @Nullable Object> each : List.of(
                with(claims, "client_id", "other"), with(with(claims, "client_id", "graphyn-web"), "azp", "other"))) {
            assertThrows(Refusal.NotAuthenticated.class, () -> keycloak.verify(token(each)));
        }
    }

    @Test
    void refusesTokensForAnotherAudience() {
        Map<String, @Nullable Object> claims = auth0Claims();

        for (Map<String, @Nullable Object> each :
                List.of(without(claims, "aud"), with(claims, "aud", TENANT + "userinfo"), with(claims, "aud", null))) {
            assertThrows(Refusal.NotAuthenticated.class, () -> auth0.verify(token(each)));
        }
    }

    @Test
    void theSlashAtTheIssuersEndCounts() {
        assertThrows(
                Refusal.NotAuthenticated.class,
                () -> auth0.verify(token(with(auth0Claims(), "iss", "https://acme.eu.auth0.com"))));
    }

    private Role role(Map<String, @Nullable Object> claims, Object roles) {
        return keycloak.verify(token(with(claims, "realm_access", Map.of("roles", roles))))
                .role();
    }

    private @Nullable String organization(@Nullable Object organization) {
        return keycloak.verify(token(with(keycloakClaims(), "organization", organization)))
                .organization();
    }

    /** As a realm with organizations writes them: no nbf, roles in an object, the organization by its alias. */
    private static Map<String, @Nullable Object> keycloakClaims() {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("exp", END.getEpochSecond());
        claims.put("iat", NOW.getEpochSecond());
        claims.put("jti", "onrtac:5d2e");
        claims.put("iss", REALM);
        claims.put("aud", "account");
        claims.put("sub", "6f1a…-ada");
        claims.put("typ", "Bearer");
        claims.put("azp", "graphyn-web");
        claims.put("sid", "b5c1");
        claims.put("acr", "1");
        claims.put("realm_access", Map.of("roles", List.of("default-roles-acme", "member", "viewer")));
        claims.put("resource_access", Map.of("account", Map.of("roles", List.of("manage-account"))));
        claims.put("scope", "openid organization");
        claims.put("organization", Map.of("acme", Map.of("id", "0197-acme")));
        return claims;
    }

    /** As an API with an action that adds the roles gets them: no nbf, two audiences, a claim named by a URL. */
    private static Map<String, @Nullable Object> auth0Claims() {
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("https://example.com/roles", List.of("admin"));
        claims.put("iss", TENANT);
        claims.put("sub", "auth0|65a1");
        claims.put("aud", List.of("https://graphyn.example.com", TENANT + "userinfo"));
        claims.put("iat", NOW.getEpochSecond());
        claims.put("exp", END.getEpochSecond());
        claims.put("scope", "openid profile");
        claims.put("org_id", "org_acme");
        claims.put("azp", "my_client_id");
        return claims;
    }
}

package xyz.graphyn.adapter.http.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.adapter.http.identity.IdentityConfiguration.Format;
import xyz.graphyn.domain.access.Role;

class IdentityConfigurationTest {
    private static final KeySource KEYS = TestKey.FIRST.pinned();
    private static final Map<String, Role> ROLES = IdentityConfiguration.DEFAULT_ROLES;

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "https://x.example.com ", "\thttps://x.example.com", "https://x\n.example.com"})
    void anIssuerIsNeeded(String issuer) {
        assertMistake("issuer", () -> clerk(issuer, Set.of(), ROLES, Duration.ZERO));
    }

    @Test
    void namesAreOfReasonableLength() {
        assertMistake("issuer", () -> clerk("i".repeat(256), Set.of(), ROLES, Duration.ZERO));
        assertMistake("authorized party", () -> clerk("i", Set.of(""), ROLES, Duration.ZERO));
        assertMistake("role", () -> clerk("i", Set.of(), Map.of(" ", Role.ADMIN), Duration.ZERO));
        assertMistake(
                "authorized party",
                () -> clerk(
                        "i",
                        IntStream.range(0, 101).mapToObj(Integer::toString).collect(Collectors.toSet()),
                        ROLES,
                        Duration.ZERO));
    }

    @Test
    void somebodyMustBeAbleToComeIn() {
        assertMistake("roles", () -> clerk("i", Set.of(), Map.of(), Duration.ZERO));
    }

    @Test
    void theClocksMayBeAMinuteApartAtMost() {
        assertMistake("skew", () -> clerk("i", Set.of(), ROLES, Duration.ofSeconds(-1)));
        assertMistake("skew", () -> clerk("i", Set.of(), ROLES, Duration.ofSeconds(61)));
        assertEquals(
                Duration.ofSeconds(60),
                clerk("i", Set.of(), ROLES, Duration.ofSeconds(60)).clockSkew());
    }

    @Test
    void aRoleMeansOneThing() {
        assertMistake(
                "twice",
                () -> clerk("i", Set.of(), Map.of("org:admin", Role.ADMIN, "admin", Role.VIEWER), Duration.ZERO));
        assertEquals(
                Map.of("admin", Role.ADMIN),
                clerk("i", Set.of(), Map.of("org:admin", Role.ADMIN, "admin", Role.ADMIN), Duration.ZERO)
                        .roles());
    }

    @Test
    void anOidcIssuersTokensForOtherApplicationsMustNotBeEnough() {
        assertMistake("audience", () -> oidc(Set.of(), Set.of()));
        assertEquals(Set.of("graphyn"), oidc(Set.of(), Set.of("graphyn")).audiences());
        assertEquals(Set.of("web"), oidc(Set.of("web"), Set.of()).authorizedParties());
    }

    @Test
    void anOidcRoleKeepsItsPrefix() {
        IdentityConfiguration configuration = new IdentityConfiguration(
                "i",
                Format.OIDC,
                KEYS,
                Set.of("web"),
                Set.of(),
                "o",
                "r",
                Map.of("org:admin", Role.ADMIN),
                Duration.ZERO);

        assertEquals(Map.of("org:admin", Role.ADMIN), configuration.roles());
    }

    private static IdentityConfiguration clerk(
            String issuer, Set<String> parties, Map<String, Role> roles, Duration skew) {
        return new IdentityConfiguration(issuer, Format.CLERK, KEYS, parties, Set.of(), "o", "r", roles, skew);
    }

    private static IdentityConfiguration oidc(Set<String> parties, Set<String> audiences) {
        return TestIssuer.oidc(KEYS, "https://sso.example.com", parties, audiences, "organization", "roles");
    }

    private static void assertMistake(String expected, org.junit.jupiter.api.function.Executable configuring) {
        String message = String.valueOf(
                assertThrows(IllegalArgumentException.class, configuring).getMessage());

        assertTrue(message.contains(expected), message);
    }
}

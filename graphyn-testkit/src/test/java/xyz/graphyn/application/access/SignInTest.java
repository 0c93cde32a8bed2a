package xyz.graphyn.application.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xyz.graphyn.domain.access.Principal;
import xyz.graphyn.domain.access.Role;
import xyz.graphyn.testkit.storage.InMemoryStorage;

class SignInTest {
    private final SignIn signIn = new SignIn(InMemoryStorage.create().organizations());

    private Principal signIn(String subject, @Nullable String organization) {
        return signIn.signIn(new VerifiedSession(
                "https://issuer.example", subject, organization, Role.MEMBER, "support", Instant.MAX));
    }

    @Test
    void carriesOverWhatTheSessionSaid() {
        Principal principal = signIn("ada", "org_1");
        assertEquals("ada", principal.subject());
        assertEquals(Role.MEMBER, principal.role());
        assertEquals("support", principal.impersonator());
        assertEquals(Instant.MAX, principal.expiresAt());
    }

    @Test
    void putsColleaguesIntoOneOrganization() {
        assertEquals(
                signIn("ada", "org_1").organization(), signIn("max", "org_1").organization());
        assertNotEquals(
                signIn("ada", "org_1").organization(), signIn("ada", "org_2").organization());
    }

    @Test
    void givesAUserWithoutOrganizationOneOfTheirOwn() {
        assertEquals(signIn("ada", null).organization(), signIn("ada", null).organization());
        assertNotEquals(signIn("ada", null).organization(), signIn("max", null).organization());
        assertNotEquals(
                signIn("ada", null).organization(),
                signIn("eve", "ada").organization(),
                "an organization can't take a user's name");
    }
}

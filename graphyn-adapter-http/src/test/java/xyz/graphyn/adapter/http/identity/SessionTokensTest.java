package xyz.graphyn.adapter.http.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static xyz.graphyn.adapter.http.identity.TestIssuer.END;
import static xyz.graphyn.adapter.http.identity.TestIssuer.NOW;
import static xyz.graphyn.adapter.http.identity.TestIssuer.claims;
import static xyz.graphyn.adapter.http.identity.TestIssuer.token;
import static xyz.graphyn.adapter.http.identity.TestIssuer.with;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.access.Refusal.NotAuthenticated.Reason;
import xyz.graphyn.application.access.VerifiedSession;

class SessionTokensTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private final SessionTokens tokens = SessionTokens.open(TestIssuer.clerk(TestKey.FIRST.pinned()), now::get);

    @Test
    void remembersAGoodToken() {
        String token = token(claims());

        VerifiedSession first = tokens.verify(token);

        assertSame(first, tokens.verify(token));
        assertNotSame(first, tokens.verify(token(with(claims(), "jti", "another"))));
    }

    @Test
    void aRememberedTokenEndsToTheMillisecond() {
        String token = token(claims());
        VerifiedSession session = tokens.verify(token);

        now.set(END.plusSeconds(5).minusMillis(1));
        assertSame(session, tokens.verify(token));
        now.set(END.plusSeconds(5));
        assertEquals(Reason.EXPIRED, refusal(token));
        now.set(END.plusSeconds(3600));
        assertEquals(Reason.EXPIRED, refusal(token));
    }

    @Test
    void aTokenThatIsSeenFirstAtItsEndEndsToTheMillisecondToo() {
        now.set(END.plusSeconds(5).minusMillis(1));
        assertEquals(END, tokens.verify(token(claims())).expiresAt());
        now.set(END.plusSeconds(5));
        assertEquals(Reason.EXPIRED, refusal(token(with(claims(), "jti", "another"))));
    }

    @Test
    void aTokenThatWasTooEarlyIsGoodLater() {
        String token = token(with(claims(), "nbf", NOW.getEpochSecond() + 10));

        assertEquals(Reason.INVALID, refusal(token));
        now.set(NOW.plusSeconds(5));
        assertEquals("user_ada", tokens.verify(token).subject());
    }

    @Test
    void eachPinnedKeyIsTried() {
        KeySource.Pem both = new KeySource.Pem(List.of(TestKey.SECOND.publicKey(), TestKey.FIRST.publicKey()));
        SessionTokens rotating = SessionTokens.open(TestIssuer.clerk(both), now::get);
        TestKey stranger = TestKey.STRANGER;

        assertEquals("user_ada", rotating.verify(token(claims())).subject());
        assertEquals(
                "user_ada",
                rotating.verify(token(TestKey.SECOND, TestIssuer.header(TestKey.SECOND), claims()))
                        .subject());
        assertThrows(
                Refusal.NotAuthenticated.class,
                () -> rotating.verify(token(stranger, TestIssuer.header(stranger), claims())));
    }

    private Reason refusal(String token) {
        return assertThrows(Refusal.NotAuthenticated.class, () -> tokens.verify(token))
                .reason();
    }
}

package xyz.graphyn.adapter.http.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xyz.graphyn.adapter.http.identity.TestIssuer.NOW;
import static xyz.graphyn.adapter.http.identity.TestIssuer.claims;
import static xyz.graphyn.adapter.http.identity.TestIssuer.header;
import static xyz.graphyn.adapter.http.identity.TestIssuer.token;
import static xyz.graphyn.adapter.http.identity.TestIssuer.with;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.access.Refusal.NotAuthenticated.Reason;
import xyz.graphyn.application.access.VerifiedSession;

/** What the issuer's rotations, outages and attackers' key ids mean for the users of good tokens. */
class KeyRotationTest {
    private static final Logger logger = (Logger) LoggerFactory.getLogger(SessionTokens.class);

    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private JwksServer server;
    private SessionTokens tokens;

    @BeforeEach
    void open() {
        logger.setLevel(Level.INFO);
        server = new JwksServer();
        server.publish(TestKey.FIRST.jwk());
        tokens = SessionTokens.open(TestIssuer.clerk(TestIssuer.keysAt(server.url(), Duration.ofMinutes(1))), now::get);
    }

    @AfterEach
    void close() {
        tokens.close();
        server.close();
        logger.setLevel(null);
    }

    @Test
    void aRememberedTokenEndsWithTheKeyThatSignedIt() {
        String signedByFirst = token(claims());
        VerifiedSession session = tokens.verify(signedByFirst);
        assertSame(session, tokens.verify(signedByFirst));

        server.publish(TestKey.SECOND.jwk());
        now.set(NOW.plusSeconds(10));
        String signedBySecond = token(TestKey.SECOND, header(TestKey.SECOND), claims());

        assertEquals("user_ada", tokens.verify(signedBySecond).subject());
        assertEquals(Reason.INVALID, refusal(signedByFirst));
    }

    @Test
    void aRememberedTokenOutlastsARotationThatKeepsItsKey() {
        String signedByFirst = token(claims());
        VerifiedSession session = tokens.verify(signedByFirst);

        server.publish(TestKey.FIRST.jwk(), TestKey.SECOND.jwk());
        now.set(NOW.plusSeconds(10));
        tokens.verify(token(TestKey.SECOND, header(TestKey.SECOND), claims()));

        assertSame(session, tokens.verify(signedByFirst));
    }

    @Test
    void duringAnOutageKnownKeysWorkAndUnknownOnesAreInvalid() {
        tokens.verify(token(claims()));
        server.close();
        now.set(NOW.plusSeconds(30));

        assertEquals(Reason.INVALID, refusal(token(TestKey.SECOND, header(TestKey.SECOND), claims())));
        assertEquals(
                "user_eve",
                tokens.verify(token(with(claims(), "sub", "user_eve"))).subject());
        assertEquals(NOW, tokens.keysAsOf().orElseThrow());
    }

    @Test
    void beforeTheFirstKeysATokenIsNeitherGoodNorBad() {
        server.answerWith(503, "");
        try (SessionTokens early = SessionTokens.open(TestIssuer.clerk(TestIssuer.keysAt(server.url())), now::get)) {
            Refusal.Unavailable refusal = assertThrows(Refusal.Unavailable.class, () -> early.verify(token(claims())));
            assertTrue(refusal.retryAfter().isPositive());
            assertThrows(Refusal.NotAuthenticated.class, () -> early.verify("no.token.atall"));
            assertTrue(early.keysAsOf().isEmpty());

            server.publish(TestKey.FIRST.jwk());
            now.set(NOW.plusSeconds(10));

            assertEquals("user_ada", early.verify(token(claims())).subject());
        }
    }

    @Test
    void aFloodOfUnknownKeyIdsHoldsNoUserUp() throws InterruptedException, ExecutionException, TimeoutException {
        tokens.verify(token(claims()));
        List<String> users = IntStream.range(0, 200)
                .mapToObj(i -> token(with(claims(), "sub", "user_" + i)))
                .toList();
        List<String> forged = IntStream.range(0, 10_000)
                .mapToObj(i -> TestIssuer.base64Url(TestIssuer.json(with(header(TestKey.FIRST), "kid", "kid_" + i)))
                        + "." + TestIssuer.base64Url(TestIssuer.json(claims()))
                        + ".c2lnbmF0dXJl")
                .toList();
        CountDownLatch release = new CountDownLatch(1);
        server.handle(exchange -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            JwksServer.answer(exchange, 200, TestIssuer.json(Map.of("keys", List.of(TestKey.FIRST.jwk()))));
        });
        now.set(NOW.plusSeconds(10));

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reason>> refusals = forged.stream()
                    .map(token -> threads.submit(() -> refusal(token)))
                    .toList();
            // The flood's fetch hangs for as long as this takes. Waiting for it would cost each user 2 s.
            List<String> subjects = threads.submit(() -> users.stream()
                            .map(user -> tokens.verify(user).subject())
                            .toList())
                    .get(20, TimeUnit.SECONDS);
            assertEquals(
                    IntStream.range(0, users.size()).mapToObj(i -> "user_" + i).toList(), subjects);
            release.countDown();
            for (Future<Reason> refusal : refusals) {
                assertEquals(Reason.INVALID, refusal.get(20, TimeUnit.SECONDS));
            }
        }
        assertEquals(2, server.requests());
    }

    @Test
    void whoMeetsANewKeyFirstSharesOneFetch() throws ExecutionException, InterruptedException, TimeoutException {
        tokens.verify(token(claims()));
        server.publish(TestKey.FIRST.jwk(), TestKey.SECOND.jwk());
        now.set(NOW.plusSeconds(10));
        List<String> early = IntStream.range(0, PublishedKeys.MAX_WAITING)
                .mapToObj(i -> token(TestKey.SECOND, header(TestKey.SECOND), with(claims(), "sub", "user_" + i)))
                .toList();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<VerifiedSession>> sessions = early.stream()
                    .map(token -> threads.submit(() -> tokens.verify(token)))
                    .toList();
            for (int i = 0; i < sessions.size(); i++) {
                assertEquals(
                        "user_" + i, sessions.get(i).get(20, TimeUnit.SECONDS).subject());
            }
        }
        assertEquals(2, server.requests());
    }

    private Reason refusal(String token) {
        return assertThrows(Refusal.NotAuthenticated.class, () -> tokens.verify(token))
                .reason();
    }
}

package xyz.graphyn.adapter.http.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xyz.graphyn.adapter.http.identity.TestIssuer.NOW;
import static xyz.graphyn.adapter.http.identity.TestKey.FIRST;
import static xyz.graphyn.adapter.http.identity.TestKey.SECOND;
import static xyz.graphyn.adapter.http.identity.TestKey.STRANGER;
import static xyz.graphyn.adapter.http.identity.TestKey.WEAK;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.application.access.Refusal;

class PublishedKeysTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
    private JwksServer server;
    private @Nullable PublishedKeys keys;

    @BeforeEach
    void start() {
        server = new JwksServer();
    }

    @AfterEach
    void stop() {
        if (keys != null) {
            keys.close();
        }
        server.close();
    }

    @Test
    void theFirstCallerWaitsForTheFirstKeys() {
        server.publish(FIRST.jwk(), SECOND.jwk());

        PublishedKeys opened = open();

        assertEquals(List.of(verification(FIRST)), opened.candidates(FIRST.id()));
        assertEquals(List.of(verification(SECOND)), opened.candidates(SECOND.id()));
        assertEquals(Optional.of(NOW), opened.asOf());
        assertEquals(1, server.requests());
    }

    @Test
    void anIssuerThatCannotBeReachedKeepsNobodyFromStarting() {
        server.answerWith(503, "");

        PublishedKeys opened = open();

        assertThrows(Refusal.Unavailable.class, () -> opened.candidates(FIRST.id()));
        assertTrue(opened.asOf().isEmpty());
        server.publish(FIRST.jwk());
        now.set(NOW.plusSeconds(10));
        assertEquals(List.of(verification(FIRST)), opened.candidates(FIRST.id()));
    }

    @Test
    void afterAFailureItTriesAgainByItself() throws InterruptedException {
        server.answerWith(503, "");
        PublishedKeys opened = open();
        server.awaitRequests(1);

        server.publish(FIRST.jwk());
        server.awaitRequests(1);

        opened.fetchOrJoin().join();
        assertEquals(List.of(verification(FIRST)), opened.candidates(FIRST.id()));
    }

    @Test
    void theSetIsRenewedWithoutAnybodyAsking() throws InterruptedException {
        server.publish(FIRST.jwk());
        keys = new PublishedKeys(
                new KeySource.Jwks(
                        server.url(),
                        Duration.ofSeconds(1),
                        Duration.ofHours(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofDays(1)),
                now::get);

        server.awaitRequests(3);
    }

    @Test
    void aNewKeyIsFoundAndAWithdrawnOneIsGone() {
        server.publish(FIRST.jwk());
        PublishedKeys opened = open();
        VerificationKey first = opened.candidates(FIRST.id()).getFirst();
        assertTrue(opened.holds(first));

        server.publish(SECOND.jwk());
        now.set(NOW.plusSeconds(10));

        assertEquals(List.of(verification(SECOND)), opened.candidates(SECOND.id()));
        assertEquals(List.of(), opened.candidates(FIRST.id()));
        assertFalse(opened.holds(first));
    }

    @Test
    void unknownKeyIdsCauseOneFetchPerInterval() {
        server.publish(FIRST.jwk());
        PublishedKeys opened = open();
        opened.candidates(FIRST.id());

        for (int i = 0; i < 100; i++) {
            assertEquals(List.of(), opened.candidates("unknown_" + i));
        }
        assertEquals(1, server.requests());
        now.set(NOW.plusSeconds(10));
        for (int i = 0; i < 100; i++) {
            assertEquals(List.of(), opened.candidates("unknown_" + i));
        }
        assertEquals(2, server.requests());
    }

    @Test
    void aKnownKeyIdDoesNotWaitForAFetch() {
        server.publish(FIRST.jwk());
        PublishedKeys opened = open();
        opened.candidates(FIRST.id());
        CountDownLatch release = new CountDownLatch(1);
        server.handle(exchange -> await(release));

        CompletableFuture<Void> hanging = opened.fetchOrJoin();
        for (int i = 0; i < 1000; i++) {
            assertEquals(List.of(verification(FIRST)), opened.candidates(FIRST.id()));
        }

        assertFalse(hanging.isDone());
        release.countDown();
    }

    @Test
    void anotherKeyUnderTheSameIdIsNotTheSameKey() {
        server.publish(FIRST.jwk());
        PublishedKeys opened = open();
        VerificationKey first = opened.candidates(FIRST.id()).getFirst();

        server.publish(SECOND.jwkWith("kid", FIRST.id()));
        opened.fetchOrJoin().join();

        assertFalse(opened.holds(first));
        assertEquals(
                SECOND.publicKey(), opened.candidates(FIRST.id()).getFirst().key());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "null",
                "[]",
                "{}",
                "{\"keys\":null}",
                "{\"keys\":[]}",
                "{\"keys\":{}}",
                "{\"keys\":[1]}",
                "{\"keys\":[null]}",
                "{\"keys\":[{}]}",
                "{\"keys\":[{\"kty\":1}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"ins_first\"}]}",
                "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"ins_first\",\"n\":\"!\",\"e\":\"AQAB\"}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"ins_first\",\"k\":\"c2VjcmV0\"}]}"
            })
    void anAnswerWithoutKeysChangesNothing(String answer) {
        server.publish(FIRST.jwk());
        PublishedKeys opened = open();
        opened.candidates(FIRST.id());

        server.answerWith(200, answer);
        now.set(NOW.plusSeconds(60));
        opened.fetchOrJoin().join();

        assertTrue(server.requests() >= 2);
        assertEquals(List.of(verification(FIRST)), opened.candidates(FIRST.id()));
        assertEquals(Optional.of(NOW), opened.asOf());
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 304, 401, 404, 429, 500, 503})
    void anAnswerOfAnotherStatusChangesNothing(int status) {
        server.publish(FIRST.jwk());
        PublishedKeys opened = open();
        opened.candidates(FIRST.id());

        server.answerWith(status, "");
        opened.fetchOrJoin().join();

        assertTrue(server.requests() >= 2);
        assertEquals(List.of(verification(FIRST)), opened.candidates(FIRST.id()));
    }

    @Test
    void redirectsAreNotFollowed() {
        try (JwksServer other = new JwksServer()) {
            other.publish(FIRST.jwk());
            server.handle(exchange -> {
                exchange.getResponseHeaders().add("Location", other.url().toString());
                JwksServer.answer(exchange, 302, "");
            });

            PublishedKeys opened = open();

            assertThrows(Refusal.Unavailable.class, () -> opened.candidates(FIRST.id()));
            assertEquals(0, other.requests());
        }
    }

    @Test
    void anAnswerTooLongIsNotReadToItsEnd() {
        CountDownLatch gaveUp = new CountDownLatch(1);
        server.handle(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = new byte[64 * 1024];
            try {
                for (int i = 0; i < 100_000; i++) {
                    exchange.getResponseBody().write(spaces);
                }
            } finally {
                gaveUp.countDown();
            }
        });
        PublishedKeys opened = open();

        assertThrows(Refusal.Unavailable.class, () -> opened.candidates(FIRST.id()));
        assertTrue(await(gaveUp));
    }

    @Test
    void anAnswerThatTricklesInEndsInTime() {
        CountDownLatch never = new CountDownLatch(1);
        server.handle(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await(never);
        });
        PublishedKeys opened = open(Duration.ofMillis(200));

        opened.fetchOrJoin().join();

        assertThrows(Refusal.Unavailable.class, () -> opened.candidates(FIRST.id()));
        never.countDown();
    }

    @Test
    void theLastGoodKeysAreTrustedForADay() {
        server.publish(FIRST.jwk());
        PublishedKeys opened = open();
        VerificationKey first = opened.candidates(FIRST.id()).getFirst();
        server.answerWith(503, "");

        now.set(NOW.plus(Duration.ofDays(1)).minusMillis(1));
        opened.fetchOrJoin().join();
        assertEquals(List.of(first), opened.candidates(FIRST.id()));
        assertTrue(opened.holds(first));

        now.set(NOW.plus(Duration.ofDays(1)));
        assertThrows(Refusal.Unavailable.class, () -> opened.candidates(FIRST.id()));
        assertFalse(opened.holds(first));
        assertTrue(opened.asOf().isEmpty());
    }

    @Test
    void onlyKeysForOurSignaturesAreTaken() {
        server.publish(
                FIRST.jwk(),
                SECOND.jwkWith("use", "enc"),
                STRANGER.jwkWith("alg", "PS256"),
                STRANGER.jwkWith("alg", "HS256"),
                STRANGER.jwkWith("key_ops", List.of("encrypt")),
                STRANGER.jwkWith("kty", "EC"),
                STRANGER.jwkWith("e", "AQ"),
                WEAK.jwk(),
                Map.of(
                        "kty",
                        "OKP",
                        "crv",
                        "Ed25519",
                        "x",
                        "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
                        "kid",
                        "ed"));
        PublishedKeys opened = open();

        assertEquals(List.of(verification(FIRST)), opened.candidates(FIRST.id()));
        for (String id : List.of(SECOND.id(), STRANGER.id(), WEAK.id(), "ed")) {
            assertEquals(List.of(), opened.candidates(id));
        }
    }

    @Test
    void aKeyMayLeaveOutWhatItIsFor() {
        Map<String, Object> bare = FIRST.jwkWithout("alg");
        bare.remove("use");
        server.publish(bare, SECOND.jwkWith("key_ops", List.of("verify")));
        PublishedKeys opened = open();

        assertEquals(List.of(new VerificationKey(FIRST.id(), FIRST.publicKey(), null)), opened.candidates(FIRST.id()));
        assertEquals(List.of(verification(SECOND)), opened.candidates(SECOND.id()));
    }

    @Test
    void aTokenWithoutAKeyIdMeansTheOnlyKey() {
        server.publish(FIRST.jwkWithout("kid"));
        PublishedKeys opened = open();
        assertEquals(FIRST.publicKey(), opened.candidates(null).getFirst().key());
        assertTrue(opened.holds(opened.candidates(null).getFirst()));
        assertEquals(List.of(), opened.candidates(FIRST.id()));

        server.publish(FIRST.jwk(), SECOND.jwk());
        opened.fetchOrJoin().join();

        assertEquals(List.of(), opened.candidates(null));
    }

    @Test
    void ofTwoKeysWithOneIdTheFirstCounts() {
        server.publish(FIRST.jwk(), SECOND.jwkWith("kid", FIRST.id()));

        assertEquals(List.of(verification(FIRST)), open().candidates(FIRST.id()));
    }

    @Test
    void aHundredKeysAreEnough() {
        Object[] many = new Object[101];
        for (int i = 0; i < many.length; i++) {
            many[i] = FIRST.jwkWith("kid", "key_" + i);
        }
        server.publish(many);
        PublishedKeys opened = open();

        assertThrows(Refusal.Unavailable.class, () -> opened.candidates("key_0"));
    }

    @Test
    void afterClosingNothingIsFetched() {
        server.publish(FIRST.jwk());
        PublishedKeys opened = open();
        opened.candidates(FIRST.id());

        opened.close();
        now.set(NOW.plusSeconds(60));

        assertEquals(List.of(), opened.candidates("unknown"));
        assertEquals(1, server.requests());
    }

    private PublishedKeys open() {
        return open(Duration.ofSeconds(5));
    }

    private PublishedKeys open(Duration requestTimeout) {
        keys = new PublishedKeys(TestIssuer.keysAt(server.url(), requestTimeout), now::get);
        return keys;
    }

    private static VerificationKey verification(TestKey key) {
        return new VerificationKey(key.id(), key.publicKey(), SignatureAlgorithm.RS256);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

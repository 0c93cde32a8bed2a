package xyz.graphyn.bootstrap.dev;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xyz.graphyn.adapter.http.identity.KeySource;
import xyz.graphyn.domain.access.Role;

class DevelopmentIssuerTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir
    private Path home;

    @Test
    void signsASessionOfAnOrganizationAsClerkDoes() throws Exception {
        Instant before = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS);
        DevelopmentIssuer issuer = DevelopmentIssuer.of(home, CLOCK);
        DecodedJWT token = verified(issuer, issuer.sign("ada", "acme", Role.MEMBER, Duration.ofHours(1)));
        assertEquals("RS256", token.getAlgorithm());
        assertEquals(43, token.getKeyId().length());
        assertEquals("ada", token.getSubject());
        assertEquals(2, token.getClaim("v").asInt());
        assertEquals("active", token.getClaim("sts").asString());
        assertTrue(token.getClaim("sid").asString().startsWith("sess_"));
        assertEquals(
                Map.of("id", "acme", "slg", "acme", "rol", "member"),
                token.getClaim("o").asMap());
        assertTrue(!token.getIssuedAtAsInstant().isBefore(before));
        assertEquals(token.getIssuedAtAsInstant(), token.getNotBeforeAsInstant());
        assertEquals(token.getIssuedAtAsInstant().plusSeconds(3600), token.getExpiresAtAsInstant());
    }

    @Test
    void signsASessionOfOneself() throws Exception {
        DevelopmentIssuer issuer = DevelopmentIssuer.of(home, CLOCK);
        DecodedJWT token = verified(issuer, issuer.sign("ada", null, Role.ADMIN, Duration.ofHours(1)));
        assertTrue(token.getClaim("o").isMissing());
    }

    @Test
    void keepsItsKeyInTheFolder() throws Exception {
        String token = DevelopmentIssuer.of(home, CLOCK).sign("ada", null, Role.ADMIN, Duration.ofHours(1));
        assertEquals("ada", verified(DevelopmentIssuer.of(home, CLOCK), token).getSubject());
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("issuer/private-key.pem"))));
    }

    @Test
    void makesOneKeyForAllWhoAskAtOnce() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<RSAPublicKey> ask = () -> key(DevelopmentIssuer.of(home, CLOCK));
            List<Future<RSAPublicKey>> answers = threads.invokeAll(List.of(ask, ask, ask, ask));
            for (Future<RSAPublicKey> answer : answers) {
                assertEquals(key(DevelopmentIssuer.of(home, CLOCK)), answer.get());
            }
        }
        try (Stream<Path> files = Files.list(home.resolve("issuer"))) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void saysWhichFileHoldsNoKey() throws Exception {
        Files.createDirectories(home.resolve("issuer"));
        Files.writeString(home.resolve("issuer/private-key.pem"), "nonsense");
        DevelopmentException refused =
                assertThrows(DevelopmentException.class, () -> DevelopmentIssuer.of(home, CLOCK));
        assertTrue(String.valueOf(refused.getMessage()).contains("private-key.pem"), refused.getMessage());
    }

    private static RSAPublicKey key(DevelopmentIssuer issuer) {
        return assertInstanceOf(KeySource.Pem.class, issuer.identity().keys())
                .keys()
                .getFirst();
    }

    private static DecodedJWT verified(DevelopmentIssuer issuer, String token) {
        return JWT.require(Algorithm.RSA256(key(issuer), null))
                .withIssuer(issuer.identity().issuer())
                .build()
                .verify(token);
    }
}

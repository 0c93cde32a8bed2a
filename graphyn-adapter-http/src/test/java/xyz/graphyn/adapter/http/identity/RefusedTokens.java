package xyz.graphyn.adapter.http.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xyz.graphyn.adapter.http.identity.TestIssuer.NOW;
import static xyz.graphyn.adapter.http.identity.TestIssuer.token;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.provider.Arguments;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.access.Refusal.NotAuthenticated.Reason;

/** An issuer with two good keys and a weak one, a verifier of its tokens, and what that logs. */
abstract class RefusedTokens {
    static final TestKey FIRST = TestKey.FIRST;

    static JwksServer server;
    static SessionTokens tokens;
    static final Logger logger = (Logger) LoggerFactory.getLogger(SessionTokens.class);
    static final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeAll
    static void open() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        logger.setLevel(Level.DEBUG);
        server = new JwksServer();
        server.publish(FIRST.jwk(), TestKey.SECOND.jwk(), TestKey.WEAK.jwk());
        tokens = SessionTokens.open(
                TestIssuer.clerk(
                        TestIssuer.keysAt(server.url()),
                        Set.of(TestIssuer.WEB_PAGE),
                        Set.of(),
                        IdentityConfiguration.DEFAULT_ROLES),
                () -> NOW);
    }

    @AfterAll
    static void close() {
        logger.detachAppender(log);
        logger.setAdditive(true);
        logger.setLevel(null);
        tokens.close();
        server.close();
    }

    @BeforeEach
    void forgetEarlierLines() {
        log.list.clear();
    }

    void assertRefused(String failedCheck, String what, String token, Reason reason) {
        Refusal.NotAuthenticated refusal =
                assertThrows(Refusal.NotAuthenticated.class, () -> tokens.verify(token), what);

        assertEquals(reason, refusal.reason());
        String line = log.list.getLast().getFormattedMessage();
        assertTrue(line.startsWith("Token refused: ") && line.contains(failedCheck), line);
    }

    /** @param failedCheck what the log says of it, lest a token be refused for a reason that the row is not about */
    static Arguments invalid(String failedCheck, String what, String token) {
        return Arguments.of(failedCheck, what, token, Reason.INVALID);
    }

    static Arguments expired(String what, String token) {
        return Arguments.of("expired", what, token, Reason.EXPIRED);
    }
}

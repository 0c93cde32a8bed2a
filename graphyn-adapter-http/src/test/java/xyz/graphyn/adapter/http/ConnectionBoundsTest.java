package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionBoundsTest {
    private static final String REQUEST = RawSocket.head("GET /open HTTP/1.1", "Host: a", "Connection: close");

    @Test
    void letsFurtherConnectionsWait() {
        try (TestApi api = new TestApi(new TestEndpoints().all(), limits(2, 60))) {
            int port = api.server().port();
            CompletableFuture<String> answer;
            try (RawSocket first = new RawSocket(port);
                    RawSocket second = new RawSocket(port)) {
                first.send("G");
                second.send("G");
                answer = CompletableFuture.supplyAsync(() -> RawSocket.exchangeUntilClosed(port, REQUEST));
                assertThrows(TimeoutException.class, () -> answer.get(1, TimeUnit.SECONDS));
            }
            assertTrue(answer.join().startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void closesConnectionsThatSayNothing() {
        try (TestApi api = new TestApi(new TestEndpoints().all(), limits(10, 1));
                RawSocket socket = new RawSocket(api.server().port())) {
            assertTrue(socket.readToEnd().isEmpty());
        }
    }

    /** The second of them leaves a body unread, whose rest is taken in. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /open HTTP/1.1|Host: a||", "POST /open HTTP/1.1|Host: a|Content-Length: 2||{}"})
    void keepsAConnectionForLongerThanItLingers(String first) {
        Duration linger = Duration.ofMillis(50);
        try (TestApi api = new TestApi(new TestEndpoints().all(), new Lingering(linger));
                RawSocket socket = new RawSocket(api.server().port())) {
            socket.send(first.replace("|", "\r\n"));
            LockSupport.parkNanos(linger.toNanos() * 10);
            socket.send(REQUEST);
            String answers = socket.readToEnd();
            assertEquals(2, answers.split("HTTP/1.1 ", -1).length - 1, answers);
            assertTrue(answers.contains("HTTP/1.1 200 "), answers);
        }
    }

    private static HttpConfiguration.Limits limits(int connections, int idleSeconds) {
        return new HttpConfiguration.Limits(
                16 * 1_024,
                64 * 1_024,
                64 * 1_024,
                1_024 * 1_024,
                connections,
                Duration.ofSeconds(20),
                Duration.ofSeconds(20),
                Duration.ofSeconds(idleSeconds),
                Duration.ZERO);
    }
}

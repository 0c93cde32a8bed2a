package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xyz.graphyn.adapter.http.HttpConfiguration.Limits;
import xyz.graphyn.adapter.http.stream.StreamConfiguration;

class HttpConfigurationTest {
    private static final SecretKey KEY = new SecretKeySpec(new byte[32], "HmacSHA256");

    @Test
    void takesTheEndsOfItsBounds() {
        int kib = 1_024;
        new Limits(
                kib,
                64 * kib,
                64 * kib,
                64L * kib,
                1,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ZERO);
        new Limits(
                64 * kib,
                64 * kib * kib,
                256 * kib * kib,
                16L * kib * kib * kib,
                1_000_000,
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofMinutes(5));
        assertEquals(
                65_535,
                configuration("::1", 65_535, "https://graphyn.example.com", KEY).port());
    }

    @ParameterizedTest
    @CsvSource({
        "1023, 65536, 65536, 65536, 1, 1, 1, 1, headerBytes",
        "65537, 65536, 65536, 65536, 1, 1, 1, 1, headerBytes",
        "1024, 65535, 65536, 65536, 1, 1, 1, 1, bodyBytes",
        "1024, 67108865, 67108865, 67108865, 1, 1, 1, 1, bodyBytes",
        "1024, 65537, 65536, 65537, 1, 1, 1, 1, batchBytes",
        "1024, 65536, 268435457, 268435457, 1, 1, 1, 1, batchBytes",
        "1024, 65536, 65537, 65536, 1, 1, 1, 1, bodyMemoryBytes",
        "1024, 65536, 65536, 17179869185, 1, 1, 1, 1, bodyMemoryBytes",
        "1024, 65536, 65536, 65536, 0, 1, 1, 1, connections",
        "1024, 65536, 65536, 65536, 1, 0, 1, 1, headerTimeout",
        "1024, 65536, 65536, 65536, 1, 1, 0, 1, bodyTimeout",
        "1024, 65536, 65536, 65536, 1, 1, 1, 3601, idleTimeout",
    })
    void namesTheLimitThatIsOutOfBounds(
            int header, int body, int batch, long memory, int connections, int head, int wait, int idle, String name) {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new Limits(
                        header,
                        body,
                        batch,
                        memory,
                        connections,
                        Duration.ofSeconds(head),
                        Duration.ofSeconds(wait),
                        Duration.ofSeconds(idle),
                        Duration.ZERO));
        assertEquals(name, String.valueOf(refusal.getMessage()).split(" ", 2)[0]);
    }

    @Test
    void refusesWhatCannotBeServed() {
        assertThrows(IllegalArgumentException.class, () -> configuration(" ", 1, null, KEY));
        assertThrows(IllegalArgumentException.class, () -> configuration("a", -1, null, KEY));
        assertThrows(IllegalArgumentException.class, () -> configuration("a", 65_536, null, KEY));
        assertThrows(IllegalArgumentException.class, () -> configuration("a", 1, "ftp://a", KEY));
        assertThrows(
                IllegalArgumentException.class,
                () -> configuration("a", 1, null, new SecretKeySpec(new byte[31], "HmacSHA256")));
    }

    @Test
    void asksBrowsersToStayWithTls() {
        assertEquals(
                "max-age=31536000",
                new SecurityHeaders(URI.create("https://a.example")).all().get("Strict-Transport-Security"));
        assertFalse(new SecurityHeaders(URI.create("http://a.example")).all().contains("Strict-Transport-Security"));
        assertFalse(new SecurityHeaders(null).all().contains("Strict-Transport-Security"));
    }

    private static HttpConfiguration configuration(String host, int port, @Nullable String url, SecretKey key) {
        return new HttpConfiguration(
                host,
                port,
                url == null ? null : URI.create(url),
                "1",
                key,
                Set.of(),
                Limits.DEFAULT,
                StreamConfiguration.DEFAULT);
    }
}

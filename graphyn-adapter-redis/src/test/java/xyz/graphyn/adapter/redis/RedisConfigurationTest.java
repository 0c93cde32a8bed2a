package xyz.graphyn.adapter.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisConfigurationTest {
    @Test
    void printsWithoutThePassword() {
        RedisConfiguration configuration = RedisConfiguration.at("rediss://ada:hunter2@cache.example:6380/3");
        assertFalse(configuration.toString().contains("hunter2"), configuration.toString());
        assertTrue(configuration.toString().contains("cache.example:6380"), configuration.toString());
        assertTrue(configuration.toRedisUri().isSsl());
        assertTrue(configuration.toRedisUri().isVerifyPeer());
        assertEquals(3, configuration.toRedisUri().getDatabase());
    }

    @Test
    void takesTheUsualPort() {
        assertEquals(
                "localhost:6379", RedisConfiguration.at("redis://localhost").address());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost:6379",
                "http://:hunter2@localhost",
                "redis-sentinel://:hunter2@localhost",
                "redis://",
                "redis://:hunter2@",
                "redis://:hunter2@localhost:99999",
                "redis://:hunter2@localhost/abc",
                "redis://:hunter2@localhost?verifyPeer=NONE",
                "redis://:hunter2 @localhost",
                "redis://:hunter2@local host"
            })
    void refusesWhatIsNoRedisUrlWithoutRepeatingIt(String url) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> RedisConfiguration.at(url));
        assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"), refused.getMessage());
    }

    @Test
    void refusesTimeoutsThatWouldOutlastAHealthCheck() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new RedisConfiguration("redis://localhost", Duration.ofSeconds(1), Duration.ofSeconds(2)));
        assertThrows(
                IllegalArgumentException.class,
                () -> new RedisConfiguration("redis://localhost", Duration.ZERO, Duration.ofSeconds(1)));
    }
}

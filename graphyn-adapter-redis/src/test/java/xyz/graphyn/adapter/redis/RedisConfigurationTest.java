package xyz.graphyn.adapter.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xyz.graphyn.adapter.redis.stream.LiveLimits;

class RedisConfigurationTest {
    @Test
    void printsWithoutThePassword() {
        RedisConfiguration configuration = RedisConfiguration.at("rediss://ada:hunter2@cache.example:6380/3");
        assertFalse(configuration.toString().contains("hunter2"), configuration.toString());
        assertTrue(configuration.toString().contains("cache.example:6380"), configuration.toString());
        assertTrue(configuration.toRedisUris().getFirst().isSsl());
        assertTrue(configuration.toRedisUris().getFirst().isVerifyPeer());
        assertEquals(3, configuration.toRedisUris().getFirst().getDatabase());
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
                "redis://:hunter2@local host",
                "redis://:hunter2@one,",
                "redis://:hunter2@,two",
                "redis://:hunter2@one,two:0",
                "redis://:hunter2@one,two/1",
                "redis://:hunter2@one,http://two",
                "redis://:hunter2@one,:hunter2@two"
            })
    void refusesWhatIsNoRedisUrlWithoutRepeatingIt(String url) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> RedisConfiguration.at(url));
        assertFalse(String.valueOf(refused.getMessage()).contains("hunter2"), refused.getMessage());
    }

    @Test
    void refusesTimeoutsThatWouldOutlastAHealthCheck() {
        assertThrows(IllegalArgumentException.class, () -> with(Duration.ofSeconds(1), Duration.ofSeconds(2)));
        assertThrows(IllegalArgumentException.class, () -> with(Duration.ZERO, Duration.ofSeconds(1)));
    }

    private static RedisConfiguration with(Duration connectTimeout, Duration commandTimeout) {
        return new RedisConfiguration("redis://localhost", connectTimeout, commandTimeout, LiveLimits.USUAL);
    }

    @Test
    void takesSeveralHostsOfACluster() {
        RedisConfiguration configuration =
                RedisConfiguration.at("rediss://ada:hunt,er2@one.example:7000,two.example,[::1]:7002/0");
        assertEquals("one.example:7000,two.example:6379,[::1]:7002", configuration.address());
        for (RedisURI uri : configuration.toRedisUris()) {
            assertTrue(uri.isSsl());
            RedisCredentials credentials =
                    uri.getCredentialsProvider().resolveCredentials().toFuture().join();
            assertEquals("ada", credentials.getUsername());
            assertEquals("hunt,er2", new String(credentials.getPassword()));
        }
        assertFalse(configuration.toString().contains("er2"), configuration.toString());
    }

    @Test
    void refusesMoreHostsThanAreOfUse() {
        String hosts = String.join(",", Collections.nCopies(RedisConfiguration.MAX_HOSTS + 1, "one"));
        assertThrows(IllegalArgumentException.class, () -> RedisConfiguration.at("redis://" + hosts));
    }

    @Test
    void refusesLimitsThatLeaveNoRoom() {
        Duration second = Duration.ofSeconds(1);
        assertThrows(IllegalArgumentException.class, () -> new LiveLimits(0, 4_096, second, 4_096, 4_096, 1));
        assertThrows(IllegalArgumentException.class, () -> new LiveLimits(1, 4_096, Duration.ZERO, 4_096, 4_096, 1));
        assertThrows(IllegalArgumentException.class, () -> new LiveLimits(1, 4_096, second, 4_096, 4_095, 1));
        assertThrows(IllegalArgumentException.class, () -> new LiveLimits(1, 4_096, second, 4_096, 4_096, 0));
    }
}

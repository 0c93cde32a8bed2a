package xyz.graphyn.adapter.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xyz.graphyn.application.health.Dependency;
import xyz.graphyn.application.health.Dependency.Status;
import xyz.graphyn.testkit.health.DependencyContract;

@Timeout(60)
class EmbeddedRedisDependencyIT implements DependencyContract {
    private EmbeddedRedis redis;
    private RedisAdapter adapter;

    @BeforeEach
    void start() {
        redis = new EmbeddedRedis();
        adapter = RedisAdapter.open(redis.configuration());
    }

    @AfterEach
    void stop() {
        adapter.close();
        redis.close();
    }

    @Override
    public Dependency dependency() {
        return adapter.health();
    }

    @Override
    public void takeAway() {
        redis.stop();
    }

    @Override
    public void bringBack() {
        redis.start();
    }

    @Override
    public List<String> secrets() {
        return List.of(EmbeddedRedis.PASSWORD);
    }

    @Test
    void isOptional() {
        assertFalse(dependency().required());
    }

    @Test
    void findsARedisThatStartsAfterIt() {
        redis.stop();
        try (RedisAdapter early = RedisAdapter.open(redis.configuration())) {
            assertInstanceOf(Status.Down.class, early.health().check());
            redis.start();
            awaitUp(early.health());
        }
    }

    @Test
    void namesARefusedPasswordWithoutTellingIt() {
        String wrong = "wrong-password-of-the-test";
        try (RedisAdapter stranger =
                RedisAdapter.open(RedisConfiguration.at("redis://:" + wrong + "@127.0.0.1:" + redis.port()))) {
            assertEquals("refused with WRONGPASS", awaitReason(stranger.health(), "refused"));
        }
    }

    @Test
    void answersInTimeWhenRedisAcceptsAndKeepsSilent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RedisAdapter waiting =
                        RedisAdapter.open(RedisConfiguration.at("redis://127.0.0.1:" + silent.getLocalPort()))) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(2),
                    () -> assertInstanceOf(Status.Down.class, waiting.health().check()));
        }
    }

    private static void awaitUp(Dependency dependency) {
        long started = System.nanoTime();
        while (dependency.check() instanceof Status.Down down) {
            assertFalse(System.nanoTime() - started > Duration.ofSeconds(15).toNanos(), down::reason);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static String awaitReason(Dependency dependency, String beginning) {
        long started = System.nanoTime();
        while (true) {
            String reason =
                    assertInstanceOf(Status.Down.class, dependency.check()).reason();
            if (reason.startsWith(beginning)) {
                return reason;
            }
            assertFalse(System.nanoTime() - started > Duration.ofSeconds(15).toNanos(), reason);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}

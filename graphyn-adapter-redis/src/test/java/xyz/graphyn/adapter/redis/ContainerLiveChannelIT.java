package xyz.graphyn.adapter.redis;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import xyz.graphyn.application.health.Dependency.Status;
import xyz.graphyn.application.stream.LiveChannel;
import xyz.graphyn.testkit.stream.LiveChannelContract;

/** The versions of Redis that are promised, where a Docker engine runs. */
class ContainerLiveChannelIT {
    @Nested
    class Redis7 extends OnRedis {
        Redis7() {
            super("redis:7-alpine");
        }
    }

    @Nested
    class Redis8 extends OnRedis {
        Redis8() {
            super("redis:8-alpine");
        }
    }

    abstract static class OnRedis implements LiveChannelContract {
        private static final String PASSWORD = "redis-password-of-the-test";

        private final String image;
        private final List<RedisAdapter> adapters = new ArrayList<>();
        private GenericContainer<?> container;

        OnRedis(String image) {
            this.image = image;
        }

        @BeforeEach
        void start() {
            assumeTrue(
                    DockerClientFactory.instance().isDockerAvailable(),
                    () -> "No Docker engine here: " + image + " is not tested.");
            container = new GenericContainer<>(DockerImageName.parse(image))
                    .withExposedPorts(6379)
                    .withCommand("redis-server", "--requirepass", PASSWORD);
            container.start();
        }

        @AfterEach
        void stop() {
            adapters.forEach(RedisAdapter::close);
            if (container != null) {
                container.stop();
            }
        }

        @Override
        public LiveChannel newChannel() {
            RedisAdapter adapter = RedisAdapter.open(RedisConfiguration.at(
                    "redis://:" + PASSWORD + "@" + container.getHost() + ":" + container.getMappedPort(6379)));
            adapters.add(adapter);
            long started = System.nanoTime();
            while (!(adapter.health().check() instanceof Status.Up)) {
                assertFalse(System.nanoTime() - started > Duration.ofSeconds(20).toNanos(), "not connected");
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
            return adapter.liveChannel();
        }
    }
}

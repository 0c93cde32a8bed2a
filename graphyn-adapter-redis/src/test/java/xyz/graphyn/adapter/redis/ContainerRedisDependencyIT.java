package xyz.graphyn.adapter.redis;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;
import xyz.graphyn.application.health.Dependency;
import xyz.graphyn.testkit.health.DependencyContract;

/** The versions of Redis that are promised, where a Docker engine runs. */
class ContainerRedisDependencyIT {
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

    abstract static class OnRedis implements DependencyContract {
        private static final String PASSWORD = "redis-password-of-the-test";

        private final String image;
        private GenericContainer<?> container;
        private RedisAdapter adapter;

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
            adapter = RedisAdapter.open(RedisConfiguration.at(
                    "redis://:" + PASSWORD + "@" + container.getHost() + ":" + container.getMappedPort(6379)));
        }

        @AfterEach
        void stop() {
            if (adapter != null) {
                adapter.close();
            }
            if (container != null) {
                container.stop();
            }
        }

        @Override
        public Dependency dependency() {
            return adapter.health();
        }

        // Paused rather than stopped: a container that starts again is given another port.
        @Override
        public void takeAway() {
            container
                    .getDockerClient()
                    .pauseContainerCmd(container.getContainerId())
                    .exec();
        }

        @Override
        public void bringBack() {
            container
                    .getDockerClient()
                    .unpauseContainerCmd(container.getContainerId())
                    .exec();
        }

        @Override
        public List<String> secrets() {
            return List.of(PASSWORD);
        }
    }
}

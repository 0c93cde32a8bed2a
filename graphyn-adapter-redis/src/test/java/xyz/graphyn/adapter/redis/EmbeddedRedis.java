package xyz.graphyn.adapter.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import xyz.graphyn.testkit.redis.LocalRedis;

/** A Redis 7 of a test's own, with a password, that can be stopped and started on one port. */
final class EmbeddedRedis implements AutoCloseable {
    static final String PASSWORD = "redis-password-of-the-test";

    private final Path folder;
    private final LocalRedis server;

    EmbeddedRedis(String... settings) {
        try {
            folder = Files.createTempDirectory("graphyn-redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server = LocalRedis.start(RedisProgram.path(), folder, PASSWORD, settings);
    }

    RedisConfiguration configuration() {
        return RedisConfiguration.at(server.url());
    }

    LocalRedis server() {
        return server;
    }

    int port() {
        return server.port();
    }

    void stop() {
        server.kill();
    }

    void start() {
        server.start();
    }

    @Override
    public void close() {
        server.close();
        try {
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package xyz.graphyn.adapter.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import redis.embedded.RedisServer;

/** A Redis 7 of a test's own, with a password, that can be stopped and started on one port. */
final class EmbeddedRedis implements AutoCloseable {
    static final String PASSWORD = "redis-password-of-the-test";

    private final int port;
    private RedisServer server;

    EmbeddedRedis() {
        this.port = freePort();
        this.server = started(port);
    }

    RedisConfiguration configuration() {
        return RedisConfiguration.at("redis://:" + PASSWORD + "@127.0.0.1:" + port);
    }

    int port() {
        return port;
    }

    void stop() {
        try {
            server.stop();
        } catch (RuntimeException e) {
            throw new IllegalStateException("Redis doesn't stop", e);
        }
    }

    void start() {
        server = started(port);
    }

    @Override
    public void close() {
        if (server.isActive()) {
            stop();
        }
    }

    private static RedisServer started(int port) {
        RedisServer server = RedisServer.builder()
                .port(port)
                .bind("127.0.0.1")
                .setting("requirepass " + PASSWORD)
                .setting("save \"\"")
                .setting("appendonly no")
                .build();
        server.start();
        return server;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

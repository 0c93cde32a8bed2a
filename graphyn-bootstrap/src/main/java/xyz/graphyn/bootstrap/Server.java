package xyz.graphyn.bootstrap;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import xyz.graphyn.adapter.http.HttpConfiguration;
import xyz.graphyn.adapter.redis.RedisAdapter;
import xyz.graphyn.application.health.SystemHealth;
import xyz.graphyn.bootstrap.configuration.ServerConfiguration;

/** A server, wired from its configuration and running. */
final class Server implements AutoCloseable {
    /** Longer than a dependency may take, shorter than a load balancer waits. */
    private static final Duration HEALTH_DEADLINE = Duration.ofSeconds(3);

    private final RedisAdapter redis;
    private final SystemHealth health;
    private final URI uri;

    private Server(RedisAdapter redis, SystemHealth health, URI uri) {
        this.redis = redis;
        this.health = health;
        this.uri = uri;
    }

    /** Starts everything; returns when requests are answered. */
    static Server start(ServerConfiguration configuration) {
        RedisAdapter redis = RedisAdapter.open(configuration.redis());
        SystemHealth health = new SystemHealth(List.of(redis.health()), HEALTH_DEADLINE);
        return new Server(redis, health, uri(configuration.http()));
    }

    private static URI uri(HttpConfiguration http) {
        String host = switch (http.host()) {
            case "0.0.0.0", "::" -> "127.0.0.1";
            default -> http.host();
        };
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + http.port());
    }

    /** Where it can be reached from this machine. */
    URI uri() {
        return uri;
    }

    SystemHealth health() {
        return health;
    }

    /** Stops taking requests, finishes those under way, and closes everything in reverse order. */
    @Override
    public void close() {
        redis.close();
    }
}

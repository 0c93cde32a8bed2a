package xyz.graphyn.adapter.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import xyz.graphyn.application.health.Dependency;

/**
 * Graphyn's Redis: a few connections for the life of the process, shared by all threads.
 *
 * <p>Opening doesn't wait for Redis and doesn't fail when it is away: the connection is made, and brought back, in the
 * background, after 100 ms at first and after 5 s at most, at random times so that servers don't come back in step.
 */
public final class RedisAdapter implements AutoCloseable {
    /** More commands than this in flight mean that Redis has stopped; further ones are refused. */
    private static final int MOST_IN_FLIGHT = 10_000;

    /** Commands only cross these threads; two keep one slow callback from stopping the other connection. */
    private static final int THREADS = 2;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

    private final ClientResources resources;
    private final RedisClient client;
    private final LastingConnection commands;
    private final Dependency health;

    private RedisAdapter(RedisConfiguration configuration) {
        Delay backoff = Delay.fullJitter(Duration.ofMillis(100), Duration.ofSeconds(5), 100, TimeUnit.MILLISECONDS);
        RedisURI uri = configuration.toRedisUri();
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .reconnectDelay(backoff)
                .build();
        this.client = RedisClient.create(resources, uri);
        client.setOptions(ClientOptions.builder()
                .protocolVersion(ProtocolVersion.RESP3)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_IN_FLIGHT)
                .timeoutOptions(TimeoutOptions.enabled(configuration.commandTimeout()))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(configuration.connectTimeout())
                        .keepAlive(true)
                        .build())
                .build());
        this.commands = new LastingConnection(client, uri, backoff);
        this.health = new RedisDependency(commands, configuration.commandTimeout());
    }

    /** Begins to connect, and returns at once. */
    public static RedisAdapter open(RedisConfiguration configuration) {
        return new RedisAdapter(configuration);
    }

    /** Redis as something that Graphyn leans on and can do without. */
    public Dependency health() {
        return health;
    }

    /** Closes the connections and their threads; takes at most a few seconds. Commands in flight fail. */
    @Override
    public void close() {
        commands.close();
        client.shutdown(Duration.ZERO, LONGEST_STOP);
        resources
                .shutdown(0, LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(LONGEST_STOP.toMillis());
    }
}

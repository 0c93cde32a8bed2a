package xyz.graphyn.adapter.redis.connection;

import static java.util.stream.Collectors.joining;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.models.role.RedisInstance.Role;
import io.lettuce.core.output.GenericMapOutput;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.util.concurrent.EventExecutorGroup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.adapter.redis.connection.CommandLink.Line;

/**
 * Opens connections, and owns the threads that they share. The first server that is reached says whether it belongs to a
 * cluster (the {@code mode} of its answer to HELLO, https://redis.io/docs/latest/commands/hello/); of several servers each
 * must.
 */
public final class RedisDialer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RedisDialer.class);

    /** Keys and channels are text, values are bytes. */
    static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    /** More commands than this in flight on one connection mean that Redis has stopped; further ones are refused. */
    private static final int MOST_IN_FLIGHT = 10_000;

    /** Commands only cross these threads; two keep one slow callback from stopping the other connection. */
    private static final int THREADS = 2;

    private static final Duration LONGEST_STOP = Duration.ofSeconds(2);

    /** How old the picture of a cluster grows when nothing tells that it has changed. */
    private static final Duration REFRESH = Duration.ofSeconds(10);

    private final List<RedisURI> seeds;
    private final Duration connectTimeout;
    private final Duration commandTimeout;
    private final Delay backoff =
            Delay.fullJitter(Duration.ofMillis(100), Duration.ofSeconds(5), 100, TimeUnit.MILLISECONDS);
    private final ClientResources resources;
    private final RedisClient client;
    private final Object lock = new Object();

    // Both guarded by the lock.
    private @Nullable RedisClusterClient clusterClient;
    private Topology.@Nullable Cluster topology;
    private boolean closed;

    /** @param seeds at least one; more than one only if they belong to a cluster */
    public RedisDialer(List<RedisURI> seeds, Duration connectTimeout, Duration commandTimeout) {
        this.seeds = List.copyOf(seeds);
        this.connectTimeout = connectTimeout;
        this.commandTimeout = commandTimeout;
        this.resources = DefaultClientResources.builder()
                .ioThreadPoolSize(THREADS)
                .computationThreadPoolSize(THREADS)
                .reconnectDelay(backoff)
                .build();
        this.client = RedisClient.create(resources);
        // What broke is made anew by those who use it, who must know that it broke.
        client.setOptions(options(ClientOptions.builder()).autoReconnect(false).build());
    }

    private <B extends ClientOptions.Builder> B options(B builder) {
        builder.protocolVersion(ProtocolVersion.RESP3)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_IN_FLIGHT)
                .timeoutOptions(TimeoutOptions.enabled(commandTimeout))
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(connectTimeout)
                        .keepAlive(true)
                        .build());
        return builder;
    }

    /** Hosts and ports, which may be shown to anyone who operates the server. */
    public String address() {
        return seeds.stream().map(seed -> seed.getHost() + ":" + seed.getPort()).collect(joining(","));
    }

    /** From sending a command to its answer, at most. */
    public Duration commandTimeout() {
        return commandTimeout;
    }

    /** For what is to happen later, or apart from the caller. Never for what waits. */
    public EventExecutorGroup executor() {
        return resources.eventExecutorGroup();
    }

    /** Runs it after a pause that grows with the attempts, at a random time, so that servers don't come back in step. */
    public void later(long attempt, Runnable action) {
        var unused = executor().schedule(action, backoff.createDelay(attempt).toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A connection for subscriptions to one node. It is not brought back when it breaks. */
    public CompletionStage<StatefulRedisPubSubConnection<String, byte[]>> subscriptions(Place node) {
        // The cluster's own addresses carry neither credentials nor TLS.
        RedisURI uri = RedisURI.builder(seeds.getFirst())
                .withHost(node.host())
                .withPort(node.port())
                .build();
        return client.connectPubSubAsync(CODEC, uri);
    }

    CompletionStage<Line> line(long attempt) {
        RedisURI seed = seeds.get((int) ((attempt - 1) % seeds.size()));
        return client.connectAsync(CODEC, seed)
                .thenCompose(first -> first.async()
                        .dispatch(CommandType.HELLO, new GenericMapOutput<>(CODEC))
                        .handle((greeting, failure) ->
                                failure == null ? line(seed, first, greeting) : givenUp(first, failure))
                        .thenCompose(made -> made));
    }

    private CompletionStage<Line> line(
            RedisURI seed, StatefulRedisConnection<String, byte[]> first, Map<String, Object> greeting) {
        boolean inCluster = greeting.get("mode") instanceof byte[] mode
                && new String(mode, StandardCharsets.US_ASCII).equals("cluster");
        if (inCluster) {
            return first.closeAsync().thenCompose(ignored -> clusterLine());
        }
        if (seeds.size() > 1) {
            return givenUp(first, new NotInCluster());
        }
        return CompletableFuture.completedFuture(new Line(
                first,
                first.async(),
                new Topology.OneServer(Place.of(seed)),
                () -> first.async().ping()));
    }

    private static CompletionStage<Line> givenUp(StatefulRedisConnection<String, byte[]> first, Throwable why) {
        return first.closeAsync().thenCompose(ignored -> CompletableFuture.failedFuture(why));
    }

    private CompletionStage<Line> clusterLine() {
        RedisClusterClient cluster;
        Topology.Cluster known;
        synchronized (lock) {
            if (closed) {
                return CompletableFuture.failedFuture(new RedisException("closed"));
            }
            if (clusterClient == null || topology == null) {
                clusterClient = RedisClusterClient.create(resources, seeds);
                clusterClient.setOptions(options(ClusterClientOptions.builder())
                        .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                                .enablePeriodicRefresh(REFRESH)
                                .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(1))
                                .build())
                        .build());
                topology = new Topology.Cluster(clusterClient);
            }
            cluster = clusterClient;
            known = topology;
        }
        // Lettuce rejects what is sent to a node before there is a connection to it: make them first. A node that is
        // away
        // keeps nobody from the others.
        return cluster.refreshPartitionsAsync()
                .thenCompose(ignored -> cluster.connectAsync(CODEC))
                .thenCompose(connection -> everyMaster(cluster, connection)
                        .handle((answers, failure) -> new Line(
                                connection, connection.async(), known, () -> everyMaster(cluster, connection))));
    }

    /** Done when each master has answered; fails when one has not. Connects to those that are new. */
    private static CompletableFuture<Void> everyMaster(
            RedisClusterClient cluster, StatefulRedisClusterConnection<String, byte[]> connection) {
        List<CompletableFuture<String>> answers = cluster.getPartitions().stream()
                .filter(node -> node.getRole() == Role.UPSTREAM && !node.hasNoSlots())
                .map(node -> Place.of(node.getUri()))
                .map(place -> connection
                        .getConnectionAsync(place.host(), place.port())
                        .thenCompose(open -> open.async().ping()))
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }

    /** Several servers were named, and one of them stands alone. */
    static final class NotInCluster extends RedisException {
        private static final long serialVersionUID = 1;

        NotInCluster() {
            super("not in a cluster");
        }
    }

    /** Closes what is still open, and the threads; takes at most a few seconds. */
    @Override
    public void close() {
        RedisClusterClient cluster;
        Topology.Cluster known;
        synchronized (lock) {
            closed = true;
            cluster = clusterClient;
            known = topology;
        }
        if (cluster != null && known != null) {
            awaitRefresh(known.close());
            cluster.shutdown(Duration.ZERO, LONGEST_STOP);
        }
        client.shutdown(Duration.ZERO, LONGEST_STOP);
        resources
                .shutdown(0, LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(LONGEST_STOP.toMillis());
    }

    /** A question to the cluster that is still open would go on asking on threads that are gone. */
    private static void awaitRefresh(CompletableFuture<Void> refreshing) {
        try {
            refreshing.get(LONGEST_STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("The last look at the cluster had no answer", e);
        }
    }
}

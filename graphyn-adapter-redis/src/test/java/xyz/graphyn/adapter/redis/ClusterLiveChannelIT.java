package xyz.graphyn.adapter.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.failure.Failure.Kind;
import xyz.graphyn.application.health.Dependency.Status;
import xyz.graphyn.application.stream.LiveChannel;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.testkit.redis.LocalRedis;
import xyz.graphyn.testkit.redis.LocalRedisCluster;
import xyz.graphyn.testkit.stream.LiveChannelContract;
import xyz.graphyn.testkit.stream.RecordingListener;

/** On three masters, of which the first has a replica. What breaks the cluster comes last. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterLiveChannelIT implements LiveChannelContract {
    @TempDir
    private static Path folder;

    private static LocalRedisCluster cluster;

    private final List<RedisAdapter> adapters = new ArrayList<>();
    private final RecordedFailures failures = new RecordedFailures();

    @BeforeAll
    static void startCluster() {
        cluster = LocalRedisCluster.start(RedisProgram.path(), folder, 3, 1, EmbeddedRedis.PASSWORD);
    }

    @AfterAll
    static void stopCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @AfterEach
    void stop() {
        adapters.forEach(RedisAdapter::close);
    }

    @Override
    public LiveChannel newChannel() {
        return open(cluster.url()).liveChannel();
    }

    private RedisAdapter open(String url) {
        RedisAdapter adapter = RedisAdapter.open(RedisConfiguration.at(url), failures);
        adapters.add(adapter);
        await(() -> adapter.health().check() instanceof Status.Up);
        return adapter;
    }

    private LiveChannel entered() {
        LiveChannel channel = newChannel();
        channel.enter(EPOCH);
        return channel;
    }

    private static RecordingListener listening(LiveChannel channel, AgentKey agent) {
        RecordingListener listener = new RecordingListener();
        channel.watch(agent, listener);
        return listener.awaitUncertainties(1);
    }

    private static EventRun run(AgentKey agent, long first, long last) {
        return LiveChannelContract.run(agent, first, last);
    }

    private static List<Long> replayed(LiveChannel channel, AgentKey agent, long after) {
        return channel.replay(agent, after, 1_000).map(EventRun::events).orElse(List.of()).stream()
                .map(Event::seq)
                .toList();
    }

    private static void await(BooleanSupplier condition) {
        long started = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertFalse(System.nanoTime() - started > Duration.ofSeconds(30).toNanos(), "waited in vain");
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private static String channelOf(AgentKey agent) {
        return "graphyn:live:{" + agent.organization() + "/" + agent.agent() + "}:" + EPOCH;
    }

    private static int slotOf(AgentKey agent) {
        return cluster.slotOf(channelOf(agent));
    }

    /** An agent whose slot that node serves. */
    private static AgentKey agentOn(LocalRedis node) {
        AgentKey agent = LiveChannelContract.newAgent();
        while (cluster.ownerOf(slotOf(agent)) != node) {
            agent = LiveChannelContract.newAgent();
        }
        return agent;
    }

    /** Publishes the next event again and again, each time as the next one, until it is heard. */
    private static long awaitDelivery(LiveChannel from, AgentKey agent, RecordingListener listener, long next) {
        long[] seq = {next};
        await(() -> {
            long now = seq[0]++;
            from.publish(run(agent, now, now));
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            return listener.seqs().contains(now);
        });
        return seq[0];
    }

    @Test
    @Order(1)
    void isRecognisedByAnyOfItsNodes() {
        LocalRedis node = cluster.masters().get(1);
        LiveChannel channel = open(node.url()).liveChannel();
        channel.enter(EPOCH);
        for (LocalRedis master : cluster.masters()) {
            AgentKey agent = agentOn(master);
            RecordingListener listener = listening(channel, agent);
            channel.publish(run(agent, 1, 2));
            assertEquals(List.of(1L, 2L), listener.awaitSeq(2).seqs());
            assertEquals("2", master.command("XLEN", channelOf(agent) + ":kept"));
        }
    }

    @Test
    @Order(1)
    void subscribesOnTheNodeThatServesTheAgent() {
        LiveChannel channel = entered();
        AgentKey agent = agentOn(cluster.masters().get(2));
        listening(channel, agent);
        assertEquals(channelOf(agent), cluster.masters().get(2).command("PUBSUB", "SHARDCHANNELS", channelOf(agent)));
    }

    @Test
    @Order(1)
    void refusesServersThatAreNoCluster() {
        try (EmbeddedRedis one = new EmbeddedRedis();
                EmbeddedRedis other = new EmbeddedRedis();
                RedisAdapter adapter = RedisAdapter.open(
                        RedisConfiguration.at(one.server().url() + ",127.0.0.1:" + other.port()), failures)) {
            await(() -> adapter.health().check() instanceof Status.Down down
                    && down.reason().equals("several servers, but not of a cluster"));
        }
    }

    @Test
    @Order(2)
    void followsASlotThatMoves() {
        LocalRedis from = cluster.masters().get(1);
        LocalRedis to = cluster.masters().get(2);
        LiveChannel channel = entered();
        AgentKey agent = agentOn(from);
        RecordingListener listener = listening(channel, agent);
        channel.publish(run(agent, 1, 3));
        listener.awaitSeq(3);

        cluster.move(slotOf(agent), to, List.of(channelOf(agent) + ":kept"));
        listener.awaitUncertainties(2);
        assertEquals(channelOf(agent), to.command("PUBSUB", "SHARDCHANNELS", channelOf(agent)));
        long next = awaitDelivery(channel, agent, listener, 4);
        assertEquals(run(agent, 1, next - 1).events().stream().map(Event::seq).toList(), replayed(channel, agent, 0));
    }

    @Test
    @Order(3)
    void listensAgainWhenConnectionsAreCut() {
        LiveChannel channel = entered();
        List<AgentKey> agents =
                cluster.masters().stream().map(ClusterLiveChannelIT::agentOn).toList();
        List<RecordingListener> listeners =
                agents.stream().map(agent -> listening(channel, agent)).toList();
        for (LocalRedis master : cluster.masters()) {
            master.command("CLIENT", "KILL", "TYPE", "pubsub");
            master.command("CLIENT", "KILL", "TYPE", "normal");
        }
        for (int i = 0; i < agents.size(); i++) {
            listeners.get(i).awaitUncertainties(2);
            awaitDelivery(channel, agents.get(i), listeners.get(i), 1);
        }
    }

    @Test
    @Order(4)
    void followsAReplicaThatTakesOver() {
        LocalRedis master = cluster.masters().getFirst();
        LocalRedis replica = cluster.replicas().getFirst();
        LiveChannel here = entered();
        LiveChannel there = entered();
        AgentKey agent = agentOn(master);
        AgentKey elsewhere = agentOn(cluster.masters().get(1));
        RecordingListener listener = listening(there, agent);
        RecordingListener listenerElsewhere = listening(there, elsewhere);
        here.publish(run(agent, 1, 3));
        listener.awaitSeq(3);

        master.kill();
        awaitDelivery(here, elsewhere, listenerElsewhere, 1);
        assertEquals(1, listenerElsewhere.uncertainties());
        failures.await(Kind.CHANNEL_LOST, 1);

        listener.awaitUncertainties(2);
        assertEquals(channelOf(agent), replica.command("PUBSUB", "SHARDCHANNELS", channelOf(agent)));
        long next = awaitDelivery(here, agent, listener, 4);
        await(() -> replayed(there, agent, next - 2).equals(List.of(next - 1)));

        master.start();
        cluster.awaitWell();
        assertTrue(adapters.getFirst().health().check() instanceof Status.Up);
        awaitDelivery(here, agent, listener, next);
    }

    @Test
    @Order(5)
    void noticesASilentNode() {
        LocalRedis node = cluster.masters().get(2);
        LiveChannel channel = entered();
        AgentKey agent = agentOn(node);
        AgentKey elsewhere = agentOn(cluster.masters().get(1));
        RecordingListener listener = listening(channel, agent);
        RecordingListener listenerElsewhere = listening(channel, elsewhere);
        node.freeze();
        try {
            failures.await(Kind.CHANNEL_LOST, 2);
        } finally {
            node.thaw();
        }
        listener.awaitUncertainties(2);
        cluster.awaitWell();
        awaitDelivery(channel, agent, listener, 1);
        awaitDelivery(channel, elsewhere, listenerElsewhere, 1);
        failures.await(Kind.CHANNEL_BACK, 2);
    }
}

package xyz.graphyn.adapter.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xyz.graphyn.adapter.redis.stream.LiveLimits;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.application.failure.Failure.Kind;
import xyz.graphyn.application.health.Dependency.Status;
import xyz.graphyn.application.stream.LiveChannel;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;
import xyz.graphyn.testkit.stream.LiveChannelContract;
import xyz.graphyn.testkit.stream.RecordingListener;

@Timeout(120)
class EmbeddedRedisLiveChannelIT implements LiveChannelContract {
    private final List<RedisAdapter> adapters = new ArrayList<>();
    private final RecordedFailures failures = new RecordedFailures();
    private EmbeddedRedis redis;

    @BeforeEach
    void start() {
        redis = new EmbeddedRedis();
    }

    @AfterEach
    void stop() {
        adapters.forEach(RedisAdapter::close);
        redis.close();
    }

    @Override
    public LiveChannel newChannel() {
        return channel(redis.configuration());
    }

    private LiveChannel channel(RedisConfiguration configuration) {
        RedisAdapter adapter = RedisAdapter.open(configuration, failures);
        adapters.add(adapter);
        await(() -> adapter.health().check() instanceof Status.Up);
        return adapter.liveChannel();
    }

    private LiveChannel entered() {
        LiveChannel channel = newChannel();
        channel.enter(EPOCH);
        return channel;
    }

    private LiveChannel withLimits(LiveLimits limits) {
        RedisConfiguration usual = redis.configuration();
        LiveChannel channel =
                channel(new RedisConfiguration(usual.url(), usual.connectTimeout(), usual.commandTimeout(), limits));
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
            assertFalse(System.nanoTime() - started > Duration.ofSeconds(20).toNanos(), "waited in vain");
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
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

    private static String key(AgentKey agent) {
        return "graphyn:live:{" + agent.organization() + "/" + agent.agent() + "}:" + EPOCH + ":kept";
    }

    @Test
    void survivesARestartThatForgetsAll() {
        AgentKey agent = LiveChannelContract.newAgent();
        LiveChannel here = entered();
        LiveChannel there = entered();
        RecordingListener listener = listening(there, agent);
        here.publish(run(agent, 1, 3));
        listener.awaitSeq(3);

        redis.stop();
        // Two ways for commands; only one of the servers has subscriptions.
        failures.await(Kind.CHANNEL_LOST, 3);
        here.publish(run(agent, 4, 4));
        assertEquals(List.of(), replayed(there, agent, 0));
        Failure dropped = failures.await(Kind.PUBLISH, 1).getFirst();
        assertEquals(agent.agent(), dropped.agent());
        assertEquals(4L, dropped.seq());
        assertFalse(dropped.detail().contains(EmbeddedRedis.PASSWORD));

        redis.start();
        listener.awaitUncertainties(2);
        failures.await(Kind.CHANNEL_BACK, 3);
        long next = awaitDelivery(here, agent, listener, 5);
        assertEquals(List.of(), replayed(there, agent, 3), "what was dropped is not there");
        await(() -> replayed(there, agent, next - 2).equals(List.of(next - 1)));
    }

    @Test
    void startsBeforeItsRedis() {
        AgentKey agent = LiveChannelContract.newAgent();
        redis.stop();
        try (RedisAdapter early = RedisAdapter.open(redis.configuration(), failures)) {
            LiveChannel channel = early.liveChannel();
            channel.enter(EPOCH);
            RecordingListener listener = new RecordingListener();
            channel.watch(agent, listener);
            channel.publish(run(agent, 1, 1));
            assertEquals(Optional.empty(), channel.replay(agent, 0, 10));
            redis.start();
            listener.awaitUncertainties(1);
            awaitDelivery(channel, agent, listener, 2);
        }
    }

    @Test
    void listensAgainWhenItsConnectionIsCut() {
        AgentKey agent = LiveChannelContract.newAgent();
        LiveChannel channel = entered();
        RecordingListener listener = listening(channel, agent);
        redis.server().command("CLIENT", "KILL", "TYPE", "pubsub");
        listener.awaitUncertainties(2);
        awaitDelivery(channel, agent, listener, 1);
        redis.server().command("CLIENT", "KILL", "TYPE", "normal");
        awaitDelivery(channel, agent, listener, 1_000);
        assertEquals(
                2, listener.uncertainties(), "the subscription has nothing to do with the connection for commands");
    }

    @Test
    void noticesASilentRedis() {
        AgentKey agent = LiveChannelContract.newAgent();
        LiveChannel channel = entered();
        RecordingListener listener = listening(channel, agent);
        channel.publish(run(agent, 1, 1));
        listener.awaitSeq(1);
        redis.server().freeze();
        try {
            assertTimeoutPreemptively(Duration.ofSeconds(1), () -> channel.replay(agent, 0, 10));
            assertTimeoutPreemptively(Duration.ofMillis(500), () -> channel.publish(run(agent, 2, 2)));
            // Both connections are left, and the caller is not made to wait any more.
            failures.await(Kind.CHANNEL_LOST, 2);
            assertTimeoutPreemptively(Duration.ofMillis(100), () -> channel.replay(agent, 0, 10));
        } finally {
            redis.server().thaw();
        }
        listener.awaitUncertainties(2);
        awaitDelivery(channel, agent, listener, 3);
    }

    @Test
    void bringsTheScriptBackInOrder() {
        AgentKey agent = LiveChannelContract.newAgent();
        LiveChannel channel = entered();
        RecordingListener listener = listening(channel, agent);
        long seq = 1;
        for (int round = 0; round < 20; round++) {
            redis.server().command("SCRIPT", "FLUSH");
            for (int i = 0; i < 20; i++, seq++) {
                channel.publish(run(agent, seq, seq));
            }
        }
        List<Long> expected =
                run(agent, 1, seq - 1).events().stream().map(Event::seq).toList();
        assertEquals(expected, listener.awaitSeq(seq - 1).seqs());
        assertEquals(expected, replayed(channel, agent, 0));
    }

    @Test
    void goesOnAfterEverythingWasFlushed() {
        AgentKey agent = LiveChannelContract.newAgent();
        LiveChannel channel = entered();
        RecordingListener listener = listening(channel, agent);
        channel.publish(run(agent, 1, 3));
        listener.awaitSeq(3);
        redis.server().command("FLUSHALL");
        assertEquals(List.of(), replayed(channel, agent, 0));
        channel.publish(run(agent, 4, 5));
        listener.awaitSeq(5);
        assertEquals(List.of(), replayed(channel, agent, 0));
        assertEquals(List.of(4L, 5L), replayed(channel, agent, 3));
    }

    @Test
    void keepsNoMoreThanItsLimits() {
        LiveLimits usual = LiveLimits.USUAL;
        LiveChannel channel = withLimits(new LiveLimits(
                10, 4_096, Duration.ofSeconds(30), usual.messageBytes(), usual.waitingBytes(), usual.waitingRuns()));
        AgentKey many = LiveChannelContract.newAgent();
        RecordingListener ofMany = listening(channel, many);
        channel.publish(run(many, 1, 8));
        channel.publish(run(many, 9, 14));
        ofMany.awaitSeq(14);
        assertEquals("10", redis.server().command("XLEN", key(many)));
        assertEquals(List.of(), replayed(channel, many, 3));
        assertEquals(5L, replayed(channel, many, 4).getFirst());
        long left = Long.parseLong(redis.server().command("PTTL", key(many)));
        assertTrue(left > 20_000 && left <= 30_000, "left " + left);

        AgentKey large = LiveChannelContract.newAgent();
        RecordingListener ofLarge = listening(channel, large);
        for (long seq = 1; seq <= 9; seq++) {
            channel.publish(new EventRun(
                    large, List.of(LiveChannelContract.event(large, seq, "{\"a\":\"" + "x".repeat(900) + "\"}"))));
        }
        ofLarge.awaitSeq(9);
        int kept = Integer.parseInt(redis.server().command("XLEN", key(large)));
        assertTrue(kept >= 2 && kept <= 4, "kept " + kept);
        assertEquals(9L, replayed(channel, large, 9 - kept).getLast());
    }

    @Test
    void dropsWhatIsTooMuchForASlowRedis() {
        AgentKey agent = LiveChannelContract.newAgent();
        LiveChannel channel = withLimits(new LiveLimits(1_000, 4 << 20, Duration.ofMinutes(1), 2_048, 4_096, 100));
        RecordingListener listener = listening(channel, agent);
        redis.server().freeze();
        try {
            for (long seq = 1; seq <= 50; seq++) {
                channel.publish(run(agent, seq, seq));
            }
            assertTrue(failures.await(Kind.PUBLISH, 1).getFirst().detail().contains("too much"));
        } finally {
            redis.server().thaw();
        }
        awaitDelivery(channel, agent, listener, 51);
        // One note a second at most, however many were dropped.
        assertTrue(failures.of(Kind.PUBLISH).size() < 20, failures.of(Kind.PUBLISH)::toString);
    }

    @Test
    void publishesThoughRedisHasNoRoomToKeep() {
        AgentKey agent = LiveChannelContract.newAgent();
        LiveChannel channel = entered();
        RecordingListener listener = listening(channel, agent);
        channel.publish(run(agent, 1, 1));
        listener.awaitSeq(1);
        redis.server().command("CONFIG", "SET", "maxmemory", "1");
        channel.publish(run(agent, 2, 2));
        listener.awaitSeq(2);
        assertTrue(failures.await(Kind.PUBLISH, 1).getFirst().detail().contains("no room"));
        redis.server().command("CONFIG", "SET", "maxmemory", "0");
        channel.publish(run(agent, 3, 3));
        listener.awaitSeq(3);
        assertEquals(List.of(3L), replayed(channel, agent, 2));
        assertEquals(List.of(), replayed(channel, agent, 0));
    }

    @Test
    void passesOverWhatItCantRead() {
        AgentKey agent = LiveChannelContract.newAgent();
        LiveChannel channel = entered();
        RecordingListener listener = listening(channel, agent);
        String name = key(agent).substring(0, key(agent).length() - ":kept".length());
        redis.server().command("SPUBLISH", name, "\u0002R of the next version");
        listener.awaitUncertainties(2);
        channel.publish(run(agent, 1, 2));
        listener.awaitSeq(2);
        redis.server().command("XADD", key(agent), "3-0", "to", "1", "event", "nonsense");
        assertEquals(List.of(1L, 2L), replayed(channel, agent, 0));
        assertEquals(List.of(), replayed(channel, agent, 2));
        channel.publish(run(agent, 4, 4));
        listener.awaitSeq(4);
        assertEquals(List.of(4L), replayed(channel, agent, 3));
        redis.server().command("DEL", key(agent));
        redis.server().command("SET", key(agent), "of another type");
        channel.publish(run(agent, 5, 5));
        listener.awaitSeq(5);
        assertEquals(List.of(5L), replayed(channel, agent, 4));
    }

    @Test
    void usesOrdinaryPubSubWhereNoOtherIsKnown() {
        try (EmbeddedRedis old =
                new EmbeddedRedis("--rename-command", "SPUBLISH", "", "--rename-command", "SSUBSCRIBE", "")) {
            AgentKey agent = LiveChannelContract.newAgent();
            LiveChannel channel = channel(old.configuration());
            channel.enter(EPOCH);
            RecordingListener listener = listening(channel, agent);
            channel.publish(run(agent, 1, 2));
            assertEquals(List.of(1L, 2L), listener.awaitSeq(2).seqs());
            adapters.removeLast().close();
        }
    }

    @Test
    void needsNoMoreThanItsUserMay() {
        redis.server()
                .command(
                        "ACL",
                        "SETUSER",
                        "graphyn",
                        "on",
                        ">ada",
                        "resetkeys",
                        "~graphyn:*",
                        "resetchannels",
                        "&graphyn:*",
                        "-@all",
                        "+hello",
                        "+auth",
                        "+client|setname",
                        "+ping",
                        "+eval",
                        "+evalsha",
                        "+xadd",
                        "+xrange",
                        "+xrevrange",
                        "+xtrim",
                        "+xlen",
                        "+del",
                        "+pexpire",
                        "+publish",
                        "+spublish",
                        "+subscribe",
                        "+ssubscribe",
                        "+unsubscribe",
                        "+sunsubscribe");
        AgentKey agent = LiveChannelContract.newAgent();
        LiveChannel channel = channel(RedisConfiguration.at("redis://graphyn:ada@127.0.0.1:" + redis.port()));
        channel.enter(EPOCH);
        RecordingListener listener = listening(channel, agent);
        channel.publish(run(agent, 1, 2));
        listener.awaitSeq(2);
        assertEquals(List.of(1L, 2L), replayed(channel, agent, 0));
        assertEquals(List.of(), failures.of(Kind.PUBLISH));
    }

    @Test
    void watchesThousandsOfAgents() {
        LiveChannel channel = entered();
        List<AgentKey> agents = new ArrayList<>();
        List<RecordingListener> listeners = new ArrayList<>();
        for (int i = 0; i < 12_000; i++) {
            AgentKey agent = LiveChannelContract.newAgent();
            RecordingListener listener = new RecordingListener();
            agents.add(agent);
            listeners.add(listener);
            channel.watch(agent, listener);
        }
        listeners.forEach(listener -> listener.awaitUncertainties(1));
        redis.server().command("CLIENT", "KILL", "TYPE", "pubsub");
        listeners.forEach(listener -> listener.awaitUncertainties(2));
        for (int i = 0; i < agents.size(); i += 1_000) {
            channel.publish(run(agents.get(i), 1, 1));
            listeners.get(i).awaitSeq(1);
        }
        assertEquals(List.of(), failures.of(Kind.PUBLISH));
    }
}

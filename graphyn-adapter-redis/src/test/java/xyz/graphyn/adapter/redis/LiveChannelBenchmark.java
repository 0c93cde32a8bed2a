package xyz.graphyn.adapter.redis;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.health.Dependency.Status;
import xyz.graphyn.application.stream.LiveChannel;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.testkit.stream.LiveChannelContract;

/**
 * Measures live delivery between two servers' channels on a Redis of this machine; prints, asserts nothing. Arguments: runs a
 * second, seconds.
 */
final class LiveChannelBenchmark {
    private static final int AGENTS = 20;
    private static final int KEPT = 1_000;
    private static final int REPLAYS = 300;
    private static final String PAYLOAD = "{\"role\":\"user\",\"content\":\"" + "x".repeat(200) + "\"}";

    private LiveChannelBenchmark() {}

    public static void main(String[] arguments) throws InterruptedException {
        int perSecond = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
        try (EmbeddedRedis redis = new EmbeddedRedis();
                RedisAdapter here = RedisAdapter.open(redis.configuration());
                RedisAdapter there = RedisAdapter.open(redis.configuration())) {
            while (!(here.health().check() instanceof Status.Up
                    && there.health().check() instanceof Status.Up)) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
            }
            here.liveChannel().enter("benchmark");
            there.liveChannel().enter("benchmark");
            delivery(here.liveChannel(), there.liveChannel(), perSecond, 3);
            delivery(here.liveChannel(), there.liveChannel(), perSecond, seconds);
            replay(here.liveChannel(), there.liveChannel());
        }
    }

    private static void delivery(LiveChannel here, LiveChannel there, int perSecond, int seconds)
            throws InterruptedException {
        int runs = perSecond * seconds;
        AgentKey[] agents = new AgentKey[AGENTS];
        AtomicLongArray sent = new AtomicLongArray(runs);
        long[] took = new long[runs];
        CountDownLatch begun = new CountDownLatch(AGENTS);
        CountDownLatch received = new CountDownLatch(runs);
        for (int i = 0; i < AGENTS; i++) {
            int number = i;
            agents[i] = LiveChannelContract.newAgent();
            there.watch(agents[i], new LiveChannel.Listener() {
                @Override
                public void received(EventRun run) {
                    long now = System.nanoTime();
                    for (long seq = run.first(); seq <= run.last(); seq++) {
                        int index = (int) (seq - 1) * AGENTS + number;
                        took[index] = now - sent.get(index);
                        received.countDown();
                    }
                }

                @Override
                public void uncertain() {
                    begun.countDown();
                }
            });
        }
        begun.await();
        long started = System.nanoTime();
        for (int i = 0; i < runs; i++) {
            long due = started + TimeUnit.SECONDS.toNanos(1) * i / perSecond;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(Math.max(1, due - System.nanoTime()));
            }
            EventRun run = run(agents[i % AGENTS], i / AGENTS + 1L, 1);
            sent.set(i, System.nanoTime());
            here.publish(run);
        }
        boolean all = received.await(10, TimeUnit.SECONDS);
        Arrays.sort(took);
        System.out.printf(
                Locale.ROOT,
                "%d runs/s for %d s: p50 %.3f ms, p99 %.3f ms, max %.3f ms%s%n",
                perSecond,
                seconds,
                took[runs / 2] / 1e6,
                took[runs * 99 / 100] / 1e6,
                took[runs - 1] / 1e6,
                all ? "" : ", " + received.getCount() + " were not received");
    }

    private static void replay(LiveChannel here, LiveChannel there) {
        AgentKey agent = LiveChannelContract.newAgent();
        for (int i = 0; i < KEPT; i += 100) {
            here.publish(run(agent, i + 1L, 100));
        }
        while (there.replay(agent, 0, KEPT).map(EventRun::size).orElse(0) < KEPT) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        replayed(there, agent);
        long started = System.nanoTime();
        long events = replayed(there, agent);
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "replay of %d events: %.2f ms, %.0f events/s%n",
                KEPT,
                seconds * 1_000 / REPLAYS,
                events / seconds);
    }

    private static long replayed(LiveChannel channel, AgentKey agent) {
        long events = 0;
        for (int i = 0; i < REPLAYS; i++) {
            events += channel.replay(agent, 0, KEPT).map(EventRun::size).orElse(0);
        }
        return events;
    }

    private static EventRun run(AgentKey agent, long first, int size) {
        return new EventRun(
                agent,
                LongStream.range(first, first + size)
                        .mapToObj(seq -> LiveChannelContract.event(agent, seq, PAYLOAD))
                        .toList());
    }
}

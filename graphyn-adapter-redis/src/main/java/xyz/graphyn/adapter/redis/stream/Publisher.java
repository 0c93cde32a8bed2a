package xyz.graphyn.adapter.redis.stream;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.redis.connection.CommandLink;
import xyz.graphyn.adapter.redis.connection.RedisFailure;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * Brings runs to Redis, without ever waiting for it. Of each agent one script call is under way; what comes meanwhile goes
 * out together when it has been answered. So the order holds even where a call is sent again, because the server has lost
 * the script or another node serves the agent now; and a busy agent costs a call per round trip, not per run.
 */
final class Publisher {
    /** As many arguments as Lua puts on its stack without trouble. */
    private static final int MOST_EVENTS = 1_000;

    private final CommandLink link;
    private final PublishScript script;
    private final PublishFailures failures;
    private final LiveLimits limits;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final AtomicLong waitingRuns = new AtomicLong();

    /** What waits, by agent; the first of each is under way. Guarded by itself. */
    private final Map<AgentKey, Deque<Packet>> lanes = new HashMap<>();

    Publisher(CommandLink link, LiveLimits limits, PublishFailures failures) {
        this.link = link;
        this.script = new PublishScript(limits);
        this.limits = limits;
        this.failures = failures;
    }

    void publish(String epoch, EventRun run) {
        if (link.commands().isEmpty()) {
            failures.note(run.agent(), run.first(), run.size(), 1, "not connected");
            return;
        }
        for (Packet packet : Packet.of(epoch, run, limits.messageBytes())) {
            if (reserve(packet)) {
                queue(packet);
            } else {
                failures.note(packet, "too much is on its way already");
            }
        }
    }

    private void queue(Packet packet) {
        synchronized (lanes) {
            Deque<Packet> lane = lanes.computeIfAbsent(packet.agent(), agent -> new ArrayDeque<>(2));
            lane.add(packet);
            if (lane.size() > 1) {
                return;
            }
        }
        send(packet);
    }

    private boolean reserve(Packet packet) {
        boolean room = waitingBytes.addAndGet(packet.bytes()) <= limits.waitingBytes();
        if (waitingRuns.incrementAndGet() <= limits.waitingRuns() && room) {
            return true;
        }
        release(packet);
        return false;
    }

    private void release(Packet packet) {
        waitingBytes.addAndGet(-packet.bytes());
        waitingRuns.addAndGet(-packet.runs());
    }

    private void send(Packet packet) {
        RedisClusterAsyncCommands<String, byte[]> commands = link.commands().orElse(null);
        if (commands == null) {
            failed(packet, "not connected");
            return;
        }
        CompletionStage<Long> answer;
        try {
            answer = script.byDigest(commands, packet);
        } catch (RedisException e) {
            failed(packet, RedisFailure.describe(e));
            return;
        }
        var unused = answer.whenComplete((outcome, failure) -> {
            if (failure == null) {
                done(packet, outcome);
            } else if (cause(failure) instanceof RedisNoScriptException) {
                sendText(commands, packet);
            } else {
                failed(packet, RedisFailure.describe(failure));
            }
        });
    }

    private void sendText(RedisClusterAsyncCommands<String, byte[]> commands, Packet packet) {
        CompletionStage<Long> answer;
        try {
            answer = script.byText(commands, packet);
        } catch (RedisException e) {
            failed(packet, RedisFailure.describe(e));
            return;
        }
        var unused = answer.whenComplete((outcome, failure) -> {
            if (failure == null) {
                done(packet, outcome);
            } else {
                failed(packet, RedisFailure.describe(failure));
            }
        });
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void done(Packet packet, @Nullable Long outcome) {
        if (outcome != null && outcome == PublishScript.NOT_KEPT) {
            failures.note(packet, "published, but Redis has no room to keep them");
        }
        release(packet);
        Packet next;
        synchronized (lanes) {
            Deque<Packet> lane = lanes.get(packet.agent());
            if (lane == null) {
                return;
            }
            lane.remove();
            next = joined(lane);
            if (next == null) {
                lanes.remove(packet.agent());
                return;
            }
        }
        send(next);
    }

    /** Gives up what waits behind it, too: it would arrive behind a hole, at a Redis that is not well. */
    private void failed(Packet packet, String reason) {
        Deque<Packet> lane;
        synchronized (lanes) {
            lane = lanes.remove(packet.agent());
        }
        if (lane != null) {
            for (Packet waiting : lane) {
                failures.note(waiting, reason);
                release(waiting);
            }
        }
    }

    /** Puts together as many of the first ones as can travel together; the result is the first then. */
    private @Nullable Packet joined(Deque<Packet> lane) {
        Packet first = lane.poll();
        if (first == null) {
            return null;
        }
        for (Packet next = lane.peek();
                next != null && first.joins(next, limits.messageBytes(), MOST_EVENTS);
                next = lane.peek()) {
            first = first.with(lane.remove());
        }
        lane.addFirst(first);
        return first;
    }
}

package xyz.graphyn.adapter.redis.stream;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.redis.connection.CommandLink;
import xyz.graphyn.adapter.redis.connection.ConnectionObserver;
import xyz.graphyn.adapter.redis.connection.RedisDialer;
import xyz.graphyn.application.event.EventRun;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.application.failure.FailureRecorder;
import xyz.graphyn.application.stream.LiveChannel;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.event.Event;

/**
 * Live delivery by Redis Streams and sharded pub/sub. A replay waits for Redis no longer than the command timeout; nothing
 * else waits at all. While Redis is away, runs are dropped at once and noted as failures of publishing.
 */
public final class RedisLiveChannel implements LiveChannel, AutoCloseable {
    private static final String ENTRY = "event";

    private final RedisDialer dialer;
    private final CommandLink link;
    private final LiveLimits limits;
    private final Publisher publisher;
    private final Watching watching;
    private final ScheduledFuture<?> flushes;

    private volatile @Nullable String epoch;

    public RedisLiveChannel(RedisDialer dialer, CommandLink link, LiveLimits limits, FailureRecorder failures) {
        this.dialer = dialer;
        this.link = link;
        this.limits = limits;
        PublishFailures unpublished = new PublishFailures(failures);
        this.publisher = new Publisher(link, limits, unpublished);
        this.watching = new Watching(dialer, link, observer("The connection for subscriptions", failures));
        this.flushes = dialer.executor().scheduleWithFixedDelay(unpublished::flush, 1, 1, TimeUnit.SECONDS);
        link.onOpen(watching::placeAll);
    }

    /** Notes when a connection goes and when it comes back. */
    public static ConnectionObserver observer(String connection, FailureRecorder failures) {
        return new ConnectionObserver() {
            @Override
            public void lost(String reason) {
                note(Failure.Kind.CHANNEL_LOST, connection + " to Redis is lost: " + reason + ".");
            }

            @Override
            public void back() {
                note(Failure.Kind.CHANNEL_BACK, connection + " to Redis is back.");
            }

            private void note(Failure.Kind kind, String detail) {
                failures.record(new Failure(kind, null, null, null, null, detail));
            }
        };
    }

    @Override
    public void enter(String next) {
        epoch = next;
        watching.enter(next);
    }

    @Override
    public void publish(EventRun run) {
        String now = epoch;
        if (now != null) {
            publisher.publish(now, run);
        }
    }

    @Override
    public Watch watch(AgentKey agent, Listener listener) {
        return watching.watch(agent, listener);
    }

    @Override
    public Optional<EventRun> replay(AgentKey agent, long after, int limit) {
        String now = epoch;
        RedisClusterAsyncCommands<String, byte[]> commands = link.commands().orElse(null);
        if (now == null || commands == null) {
            return Optional.empty();
        }
        int most = Math.min(limit, limits.keptEvents());
        // Ids are seqs: the range holds what may be answered, and not the thousand behind it if that begins with a
        // hole.
        Range<String> range = Range.create((after + 1) + "-0", (after + most) + "-0");
        List<StreamMessage<String, byte[]>> found;
        try {
            found = commands.xrange(LiveKeys.of(now, agent).kept(), range, Limit.from(most))
                    .get(dialer.commandTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException | RedisException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        List<Event> events = decode(agent, after, found);
        return events.isEmpty() || !now.equals(epoch) ? Optional.empty() : Optional.of(new EventRun(agent, events));
    }

    /** Up to the first hole, and the first that can't be read. */
    private static List<Event> decode(AgentKey agent, long after, List<StreamMessage<String, byte[]>> found) {
        List<Event> events = new ArrayList<>(found.size());
        for (StreamMessage<String, byte[]> entry : found) {
            byte[] bytes = entry.getBody().get(ENTRY);
            Event event = bytes == null
                    ? null
                    : EventCodec.decode(agent.agent(), bytes).orElse(null);
            if (event == null || event.seq() != after + 1 + events.size()) {
                break;
            }
            events.add(event);
        }
        return events;
    }

    /** Stops listening; what is on its way is left to itself. */
    @Override
    public void close() {
        flushes.cancel(false);
        watching.close();
    }
}

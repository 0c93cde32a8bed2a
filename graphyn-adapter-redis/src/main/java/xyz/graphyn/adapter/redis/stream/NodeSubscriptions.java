package xyz.graphyn.adapter.redis.stream;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.pubsub.api.async.RedisPubSubAsyncCommands;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.redis.connection.ConnectionObserver;
import xyz.graphyn.adapter.redis.connection.Place;
import xyz.graphyn.adapter.redis.connection.RedisDialer;
import xyz.graphyn.adapter.redis.connection.RedisFailure;

/**
 * The one connection for subscriptions to one node. When it breaks it is made anew, without the subscriptions: its owner
 * asks for them again.
 */
final class NodeSubscriptions implements AutoCloseable {
    /** Beats without an answer after which the node is silent. */
    private static final int SILENT_BEATS = 3;

    /** Half of what the connection takes before it refuses. */
    private static final int MOST_ASKED = 5_000;

    /** Who hears of it; called on the connection's threads, and without a lock of this class held. */
    interface Owner {
        void opened(NodeSubscriptions node);

        void broken(NodeSubscriptions node);

        void subscribed(NodeSubscriptions node, String channel);

        /** The node has ended a subscription. Comes as the answer to an unsubscription, too. */
        void unsubscribed(NodeSubscriptions node, String channel);

        /** @param error the beginning of the node's answer, empty if there was none */
        void refused(NodeSubscriptions node, String channel, String error);

        void message(String channel, byte[] message);

        /** Everything that was asked for has been answered: there is room for more. */
        void idle(NodeSubscriptions node);
    }

    private final Place place;
    private final RedisDialer dialer;
    private final Owner owner;
    private final ConnectionObserver observer;

    // All guarded by this.
    private @Nullable StatefulRedisPubSubConnection<String, byte[]> connection;
    private int asked;
    private int missed;
    private boolean sharded = true;
    private boolean toldLost;
    private boolean closed;

    NodeSubscriptions(Place place, RedisDialer dialer, Owner owner, ConnectionObserver observer) {
        this.place = place;
        this.dialer = dialer;
        this.owner = owner;
        this.observer = observer;
    }

    /** Begins to connect; once. */
    void open() {
        dial(1);
    }

    /** Whether it is the connection to that place. */
    boolean is(Place other) {
        return place.equals(other);
    }

    synchronized boolean isOpen() {
        return connection != null;
    }

    /** Whether another subscription may be asked for. */
    synchronized boolean hasRoom() {
        return connection != null && asked < MOST_ASKED;
    }

    private void dial(long attempt) {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        var unused = dialer.subscriptions(place).whenComplete((made, failure) -> {
            if (failure == null) {
                keep(made);
            } else {
                tellLost(RedisFailure.describe(failure));
                dialer.later(attempt, () -> dial(attempt + 1));
            }
        });
    }

    private void keep(StatefulRedisPubSubConnection<String, byte[]> made) {
        boolean back;
        synchronized (this) {
            if (closed) {
                var unused = made.closeAsync();
                return;
            }
            connection = made;
            asked = 0;
            missed = 0;
            back = toldLost;
            toldLost = false;
        }
        made.addListener(new Ear());
        made.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> broken) {
                drop(made, "the connection broke");
            }
        });
        if (back) {
            observer.back();
        }
        owner.opened(this);
        if (!made.isOpen()) {
            drop(made, "the connection broke");
        }
    }

    /** What the node says without being asked, and the names of what it has subscribed. */
    private final class Ear extends RedisPubSubAdapter<String, byte[]> {
        @Override
        public void message(String channel, byte[] message) {
            owner.message(channel, message);
        }

        @Override
        public void smessage(String channel, byte[] message) {
            owner.message(channel, message);
        }

        @Override
        public void subscribed(String channel, long count) {
            owner.subscribed(NodeSubscriptions.this, channel);
        }

        @Override
        public void ssubscribed(String channel, long count) {
            owner.subscribed(NodeSubscriptions.this, channel);
        }

        @Override
        public void unsubscribed(String channel, long count) {
            owner.unsubscribed(NodeSubscriptions.this, channel);
        }

        @Override
        public void sunsubscribed(String channel, long count) {
            owner.unsubscribed(NodeSubscriptions.this, channel);
        }
    }

    /** Asks for a subscription, or makes sure of one that is there. */
    void subscribe(String channel) {
        StatefulRedisPubSubConnection<String, byte[]> open;
        boolean toShard;
        synchronized (this) {
            open = connection;
            toShard = sharded;
            asked++;
        }
        if (open == null) {
            answered(null, channel, new RedisException("not connected"));
            return;
        }
        RedisPubSubAsyncCommands<String, byte[]> commands = open.async();
        CompletionStage<Void> answer;
        try {
            answer = toShard ? commands.ssubscribe(channel) : commands.subscribe(channel);
        } catch (RedisException e) {
            answered(open, channel, e);
            return;
        }
        var unused = answer.whenComplete((nothing, failure) -> answered(open, channel, failure));
    }

    private void answered(
            @Nullable StatefulRedisPubSubConnection<String, byte[]> asker,
            String channel,
            @Nullable Throwable failure) {
        String error = failure == null ? "" : answer(failure);
        boolean idle;
        synchronized (this) {
            if (Objects.equals(connection, asker) && asked > 0) {
                asked--;
            }
            idle = connection != null && asked == 0;
            // Redis before 7 has the ordinary pub/sub only.
            if (error.startsWith("ERR unknown command")) {
                sharded = false;
            }
        }
        if (failure != null) {
            owner.refused(this, channel, error);
        }
        if (idle) {
            owner.idle(this);
        }
    }

    private static String answer(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RedisCommandExecutionException ? String.valueOf(cause.getMessage()) : "";
    }

    void unsubscribe(String channel) {
        StatefulRedisPubSubConnection<String, byte[]> open;
        boolean fromShard;
        synchronized (this) {
            open = connection;
            fromShard = sharded;
        }
        if (open == null) {
            return;
        }
        try {
            var unused = fromShard
                    ? open.async().sunsubscribe(channel)
                    : open.async().unsubscribe(channel);
        } catch (RedisException e) {
            // The connection has just broken, and the subscription with it.
            drop(open, RedisFailure.describe(e));
        }
    }

    /** To be called once a second: a node that is silent is left, since TCP alone would not notice for minutes. */
    void beat() {
        StatefulRedisPubSubConnection<String, byte[]> open;
        synchronized (this) {
            open = connection;
        }
        if (open == null) {
            return;
        }
        CompletionStage<String> pong;
        try {
            pong = open.async().ping();
        } catch (RedisException e) {
            miss(open, e);
            return;
        }
        var unused = pong.whenComplete((answer, failure) -> {
            if (failure == null) {
                synchronized (this) {
                    missed = 0;
                }
            } else {
                miss(open, failure);
            }
        });
    }

    private void miss(StatefulRedisPubSubConnection<String, byte[]> open, Throwable failure) {
        synchronized (this) {
            if (!open.equals(connection) || ++missed < SILENT_BEATS) {
                return;
            }
        }
        drop(open, RedisFailure.describe(failure));
    }

    /** Gives a connection up and begins to make the next; once per connection. */
    private void drop(StatefulRedisPubSubConnection<String, byte[]> gone, String reason) {
        synchronized (this) {
            if (closed || !gone.equals(connection)) {
                return;
            }
            connection = null;
            asked = 0;
        }
        tellLost(reason);
        var unused = gone.closeAsync();
        owner.broken(this);
        dial(1);
    }

    private void tellLost(String reason) {
        synchronized (this) {
            if (toldLost || closed) {
                return;
            }
            toldLost = true;
        }
        observer.lost(reason);
    }

    @Override
    public void close() {
        StatefulRedisPubSubConnection<String, byte[]> open;
        synchronized (this) {
            closed = true;
            open = connection;
            connection = null;
        }
        if (open != null) {
            var unused = open.closeAsync();
        }
    }
}

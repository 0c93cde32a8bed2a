package xyz.graphyn.adapter.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.Delay;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection that is there for as long as the process. Lettuce brings a connection back once it has been made; this
 * also keeps trying for the first one, so that a server can start before its Redis does.
 */
final class LastingConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LastingConnection.class);

    private final RedisClient client;
    private final RedisURI uri;
    private final Delay backoff;
    private final Object lock = new Object();

    // Both guarded by the lock.
    private @Nullable StatefulRedisConnection<String, String> connection;
    private boolean closed;

    private volatile @Nullable String lastFailure;

    LastingConnection(RedisClient client, RedisURI uri, Delay backoff) {
        this.client = client;
        this.uri = uri;
        this.backoff = backoff;
        connect(1);
    }

    /** The connection, open or being brought back; empty until it has been made for the first time. */
    Optional<StatefulRedisConnection<String, String>> get() {
        synchronized (lock) {
            return Optional.ofNullable(connection);
        }
    }

    /** Why the first connection couldn't be made, as far as an operator may read it; empty when it was. */
    Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    private void connect(long attempt) {
        synchronized (lock) {
            if (closed) {
                return;
            }
        }
        var unused = client.connectAsync(StringCodec.UTF8, uri).whenComplete((made, failure) -> {
            if (failure == null) {
                keep(made);
            } else {
                retry(attempt, failure);
            }
        });
    }

    private void keep(StatefulRedisConnection<String, String> made) {
        boolean late;
        synchronized (lock) {
            late = closed;
            if (!late) {
                connection = made;
                lastFailure = null;
            }
        }
        if (late) {
            var unused = made.closeAsync();
        } else {
            LOG.info("Connected to Redis at {}:{}", uri.getHost(), uri.getPort());
        }
    }

    private void retry(long attempt, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        lastFailure = RedisFailure.describe(cause);
        if (attempt == 1) {
            LOG.warn("Redis at {}:{} is away: {}. Trying on.", uri.getHost(), uri.getPort(), lastFailure);
        }
        synchronized (lock) {
            if (closed) {
                return;
            }
            var unused = client.getResources()
                    .eventExecutorGroup()
                    .schedule(
                            () -> connect(attempt + 1),
                            backoff.createDelay(attempt).toNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        StatefulRedisConnection<String, String> open;
        synchronized (lock) {
            closed = true;
            open = connection;
            connection = null;
        }
        if (open != null) {
            open.close();
        }
    }
}

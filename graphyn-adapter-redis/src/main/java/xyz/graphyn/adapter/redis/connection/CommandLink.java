package xyz.graphyn.adapter.redis.connection;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way for commands, there for as long as the process. It is made in the background, so that a server can start before
 * its Redis does. Once a second it is tried; when no answer comes twice, commands are refused at once until one does, and
 * after {@value #SILENT_BEATS} such seconds the way is made anew: TCP alone would not notice for minutes.
 */
public final class CommandLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CommandLink.class);
    private static final long BEAT_MILLIS = 1_000;
    private static final int SILENT_BEATS = 3;

    /** One answer may be late because a machine is busy for a moment; two are not. */
    private static final int REFUSING_BEATS = 2;

    /**
     * An open way.
     *
     * @param commands to the server, or to that node of the cluster which serves the key
     * @param beat proves that whoever serves anything answers
     */
    record Line(
            StatefulConnection<String, byte[]> connection,
            RedisClusterAsyncCommands<String, byte[]> commands,
            Topology topology,
            Beat beat) {}

    /** Asks whether everybody is there. */
    @FunctionalInterface
    interface Beat {
        CompletionStage<?> ask();
    }

    private final RedisDialer dialer;
    private final ConnectionObserver observer;
    private final ScheduledFuture<?> beats;
    private final Object lock = new Object();

    // Guarded by the lock, but read without it where a moment's delay is no harm.
    private volatile @Nullable Line line;
    private volatile @Nullable Topology topology;
    private volatile boolean answering;
    private int missed;
    private boolean dialing;
    private boolean toldLost;
    private boolean closed;

    private volatile @Nullable String lastFailure;
    private final List<Runnable> onOpen = new CopyOnWriteArrayList<>();

    public CommandLink(RedisDialer dialer, ConnectionObserver observer) {
        this.dialer = dialer;
        this.observer = observer;
        this.beats =
                dialer.executor().scheduleWithFixedDelay(this::beat, BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
        dial(1);
    }

    /** Where commands go; empty while nobody answers, so that nothing is sent in vain. */
    public Optional<RedisClusterAsyncCommands<String, byte[]>> commands() {
        Line now = line;
        return now != null && answering ? Optional.of(now.commands) : Optional.empty();
    }

    /** Who serves what, as it was last known; empty until Redis was reached for the first time. */
    public Optional<Topology> topology() {
        return Optional.ofNullable(topology);
    }

    /**
     * Asks, whether or not answers have come of late, whether everybody is there.
     *
     * @return the answer; empty while there is no connection
     */
    public Optional<CompletionStage<?>> ask() {
        Line now = line;
        return now == null ? Optional.empty() : Optional.of(now.beat.ask());
    }

    /** Runs it whenever the way has been made; on the connections' threads, so it must return at once. */
    public void onOpen(Runnable action) {
        onOpen.add(action);
        if (line != null) {
            action.run();
        }
    }

    /** Why the last attempt to connect failed, as far as an operator may read it; empty when it did not. */
    public Optional<String> lastFailure() {
        return Optional.ofNullable(lastFailure);
    }

    private void dial(long attempt) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            dialing = true;
        }
        var unused = dialer.line(attempt).whenComplete((made, failure) -> {
            if (failure == null) {
                keep(made);
            } else {
                retry(attempt, failure);
            }
        });
    }

    private void keep(Line made) {
        synchronized (lock) {
            dialing = false;
            if (closed) {
                var unused = made.connection.closeAsync();
                return;
            }
            line = made;
            topology = made.topology;
            lastFailure = null;
            missed = 0;
            answering = true;
        }
        LOG.info("Connected to Redis at {}", dialer.address());
        tellBack();
        onOpen.forEach(Runnable::run);
        // A cluster's connection is many; those that break are brought back one by one, and the beat tells.
        if (made.topology instanceof Topology.OneServer) {
            made.connection.addListener(new RedisConnectionStateListener() {
                @Override
                public void onRedisDisconnected(RedisChannelHandler<?, ?> connection) {
                    drop(made, "the connection broke");
                }
            });
            // It may have broken before anybody listened.
            if (!made.connection.isOpen()) {
                drop(made, "the connection broke");
            }
        }
    }

    /** Gives a line up and begins to make the next; once per line. */
    private void drop(Line gone, String reason) {
        synchronized (lock) {
            if (closed || !gone.equals(line)) {
                return;
            }
            line = null;
            answering = false;
        }
        tellLost(reason);
        var unused = gone.connection.closeAsync();
        dial(1);
    }

    private void retry(long attempt, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String reason = RedisFailure.describe(cause);
        lastFailure = reason;
        tellLost(reason);
        synchronized (lock) {
            if (!closed) {
                dialer.later(attempt, () -> dial(attempt + 1));
            }
        }
    }

    private void beat() {
        Line now = line;
        if (now == null) {
            return;
        }
        CompletionStage<?> answer;
        try {
            answer = now.beat.ask();
        } catch (RedisException e) {
            miss(now, e);
            return;
        }
        var unused = answer.whenComplete((ignored, failure) -> {
            if (failure == null) {
                hit(now);
            } else {
                miss(now, failure);
            }
        });
    }

    private void hit(Line now) {
        synchronized (lock) {
            if (!now.equals(line)) {
                return;
            }
            missed = 0;
            answering = true;
        }
        tellBack();
    }

    private void miss(Line now, Throwable failure) {
        String reason = RedisFailure.describe(failure);
        boolean silent;
        boolean lost;
        boolean cluster = now.topology instanceof Topology.Cluster;
        synchronized (lock) {
            if (!now.equals(line) || dialing) {
                return;
            }
            missed++;
            // One node of a cluster that is away takes nothing from the others, which are asked as before.
            lost = missed >= REFUSING_BEATS;
            answering = cluster || !lost;
            silent = missed >= (cluster ? SILENT_BEATS * SILENT_BEATS : SILENT_BEATS);
        }
        now.topology.refresh();
        if (lost) {
            tellLost(reason);
        }
        if (silent) {
            drop(now, reason);
        }
    }

    private void tellLost(String reason) {
        synchronized (lock) {
            if (toldLost || closed) {
                return;
            }
            toldLost = true;
        }
        LOG.warn("Redis at {} is away: {}. Trying on.", dialer.address(), reason);
        observer.lost(reason);
    }

    private void tellBack() {
        synchronized (lock) {
            if (!toldLost || closed) {
                return;
            }
            toldLost = false;
        }
        LOG.info("Redis at {} is back", dialer.address());
        observer.back();
    }

    @Override
    public void close() {
        Line open;
        synchronized (lock) {
            closed = true;
            open = line;
            line = null;
            answering = false;
        }
        beats.cancel(false);
        if (open != null) {
            open.connection.close();
        }
    }
}

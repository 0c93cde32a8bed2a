package xyz.graphyn.adapter.redis;

import xyz.graphyn.adapter.redis.connection.CommandLink;
import xyz.graphyn.adapter.redis.connection.RedisDialer;
import xyz.graphyn.adapter.redis.stream.RedisLiveChannel;
import xyz.graphyn.application.failure.FailureRecorder;
import xyz.graphyn.application.health.Dependency;
import xyz.graphyn.application.stream.LiveChannel;

/**
 * Graphyn's Redis, one server or a cluster: a few connections for the life of the process, shared by all threads.
 *
 * <p>Opening doesn't wait for Redis and doesn't fail when it is away: connections are made, and brought back, in the
 * background, after 100 ms at first and after 5 s at most, at random times so that servers don't come back in step.
 */
public final class RedisAdapter implements AutoCloseable {
    private final RedisDialer dialer;
    private final CommandLink commands;
    private final RedisLiveChannel liveChannel;
    private final Dependency health;

    private RedisAdapter(RedisConfiguration configuration, FailureRecorder failures) {
        this.dialer = new RedisDialer(
                configuration.toRedisUris(), configuration.connectTimeout(), configuration.commandTimeout());
        this.commands = new CommandLink(dialer, RedisLiveChannel.observer("The connection for commands", failures));
        this.liveChannel = new RedisLiveChannel(dialer, commands, configuration.live(), failures);
        this.health = new RedisDependency(commands, configuration.commandTimeout());
    }

    /**
     * Begins to connect, and returns at once.
     *
     * @param failures takes note when a connection is lost and back, and of what could not be published
     */
    public static RedisAdapter open(RedisConfiguration configuration, FailureRecorder failures) {
        return new RedisAdapter(configuration, failures);
    }

    /** Like {@link #open(RedisConfiguration, FailureRecorder)}, for those who need no notes. */
    public static RedisAdapter open(RedisConfiguration configuration) {
        return open(configuration, failure -> {});
    }

    /** Redis as something that Graphyn leans on and can do without. */
    public Dependency health() {
        return health;
    }

    /** The fast path between servers; always the same one. */
    public LiveChannel liveChannel() {
        return liveChannel;
    }

    /** Closes the connections and their threads; takes at most a few seconds. Commands in flight fail. */
    @Override
    public void close() {
        liveChannel.close();
        commands.close();
        dialer.close();
    }
}

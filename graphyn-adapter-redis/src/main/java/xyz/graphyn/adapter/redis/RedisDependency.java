package xyz.graphyn.adapter.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import xyz.graphyn.application.health.Dependency;

/** Redis, asked with a PING over the connection that the work goes over too. */
final class RedisDependency implements Dependency {
    private final LastingConnection connection;
    private final Duration timeout;

    RedisDependency(LastingConnection connection, Duration timeout) {
        this.connection = connection;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public boolean required() {
        return false;
    }

    @Override
    public Status check() {
        long started = System.nanoTime();
        StatefulRedisConnection<String, String> open = connection.get().orElse(null);
        if (open == null) {
            return down(started, connection.lastFailure().orElse("not connected yet"));
        }
        try {
            RedisFuture<String> pong = open.async().ping();
            pong.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return new Status.Up(since(started));
        } catch (TimeoutException | RedisException e) {
            return down(started, describe(open, e));
        } catch (ExecutionException e) {
            return down(started, describe(open, e.getCause() == null ? e : e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return down(started, "the check was interrupted");
        }
    }

    private static String describe(StatefulRedisConnection<String, String> open, Throwable failure) {
        return open.isOpen() ? RedisFailure.describe(failure) : "not connected";
    }

    private static Status down(long started, String reason) {
        return new Status.Down(since(started), reason);
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}

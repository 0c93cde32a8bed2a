package xyz.graphyn.adapter.redis;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import xyz.graphyn.adapter.redis.connection.CommandLink;
import xyz.graphyn.adapter.redis.connection.RedisFailure;
import xyz.graphyn.application.health.Dependency;

/** Redis, asked with a PING over the connections that the work goes over too; of a cluster, every node that serves slots. */
final class RedisDependency implements Dependency {
    private final CommandLink link;
    private final Duration timeout;

    RedisDependency(CommandLink link, Duration timeout) {
        this.link = link;
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
        try {
            CompletionStage<?> answer = link.ask().orElse(null);
            if (answer == null) {
                return down(started, link.lastFailure().orElse("not connected"));
            }
            answer.toCompletableFuture().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return new Status.Up(since(started));
        } catch (TimeoutException | RedisException e) {
            return down(started, RedisFailure.describe(e));
        } catch (ExecutionException e) {
            return down(started, RedisFailure.describe(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return down(started, "the check was interrupted");
        }
    }

    private static Status down(long started, String reason) {
        return new Status.Down(since(started), reason);
    }

    private static Duration since(long started) {
        return Duration.ofNanos(System.nanoTime() - started);
    }
}

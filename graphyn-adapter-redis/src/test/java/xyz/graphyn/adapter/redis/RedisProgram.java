package xyz.graphyn.adapter.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import redis.embedded.RedisExecProvider;

/** The redis-server 7 that comes as a library, taken out of its jar once. */
final class RedisProgram {
    private static final Path PATH = unpacked();

    private RedisProgram() {}

    static Path path() {
        return PATH;
    }

    private static Path unpacked() {
        try {
            return RedisExecProvider.defaultProvider().get().toPath();
        } catch (IOException e) {
            throw new UncheckedIOException("redis-server can't be unpacked", e);
        }
    }
}

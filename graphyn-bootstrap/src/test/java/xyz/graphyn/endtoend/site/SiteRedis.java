package xyz.graphyn.endtoend.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import redis.embedded.RedisExecProvider;
import xyz.graphyn.testkit.redis.LocalRedis;
import xyz.graphyn.testkit.redis.LocalRedisCluster;

/** A single Redis, or a cluster of several without replicas. */
public final class SiteRedis implements AutoCloseable {
    private static final String PASSWORD = "site";

    private final String url;
    private final List<LocalRedis> nodes;

    private SiteRedis(String url, List<LocalRedis> nodes) {
        this.url = url;
        this.nodes = nodes;
    }

    static SiteRedis start(Path folder, int size) {
        try {
            Path program = RedisExecProvider.defaultProvider().get().toPath();
            Files.createDirectories(folder);
            if (size == 1) {
                LocalRedis single = LocalRedis.start(program, folder, PASSWORD);
                return new SiteRedis(single.url(), List.of(single));
            }
            LocalRedisCluster cluster = LocalRedisCluster.start(program, folder, size, 0, PASSWORD);
            return new SiteRedis(cluster.url(), cluster.masters());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    String url() {
        return url;
    }

    public int size() {
        return nodes.size();
    }

    public void kill(int node) {
        nodes.get(node).kill();
    }

    /** Starts a node that was killed, with nothing in it. */
    public void startAgain(int node) {
        nodes.get(node).start();
    }

    /** Makes all of them forget everything. */
    public void flush() {
        nodes.forEach(node -> node.command("FLUSHALL"));
    }

    @Override
    public void close() {
        nodes.forEach(LocalRedis::close);
    }
}

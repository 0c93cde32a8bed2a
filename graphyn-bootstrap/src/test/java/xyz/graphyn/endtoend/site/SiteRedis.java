package xyz.graphyn.endtoend.site;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A single Redis, or a cluster of several without replicas. */
public final class SiteRedis implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final Duration LONGEST_JOIN = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final List<RedisProcess> nodes;

    private SiteRedis(List<RedisProcess> nodes) {
        this.nodes = nodes;
    }

    static SiteRedis single(Path folder) {
        return new SiteRedis(List.of(new RedisProcess(folder, false)));
    }

    static SiteRedis cluster(Path folder, int size) {
        List<RedisProcess> nodes = IntStream.range(0, size)
                .mapToObj(number -> new RedisProcess(folder.resolve("node-" + number), true))
                .toList();
        for (int i = 0; i < size; i++) {
            nodes.get(i)
                    .command(
                            "CLUSTER",
                            "ADDSLOTSRANGE",
                            Integer.toString(SLOTS * i / size),
                            Integer.toString(SLOTS * (i + 1) / size - 1));
            nodes.get(i).command("CLUSTER", "SET-CONFIG-EPOCH", Integer.toString(i + 1));
        }
        for (RedisProcess other : nodes.subList(1, size)) {
            nodes.getFirst().command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(other.port()), busPort(other));
        }
        SiteRedis cluster = new SiteRedis(nodes);
        cluster.awaitJoined();
        return cluster;
    }

    private static String busPort(RedisProcess node) {
        String[] myself = node.command("CLUSTER", "NODES").split("[@, ]", -1);
        return myself[2];
    }

    private void awaitJoined() {
        long end = System.nanoTime() + LONGEST_JOIN.toNanos();
        while (!nodes.stream().allMatch(node -> {
            String info = node.command("CLUSTER", "INFO");
            return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + nodes.size());
        })) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the nodes did not become a cluster");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    String url() {
        return nodes.stream().map(node -> "127.0.0.1:" + node.port()).collect(Collectors.joining(",", "redis://", ""));
    }

    public int size() {
        return nodes.size();
    }

    public void kill(int node) {
        nodes.get(node).kill();
    }

    /** Starts a node that was killed, with nothing in it. */
    public void startAgain(int node) {
        nodes.get(node).startAgain();
    }

    /** Makes all of them forget everything. */
    public void flush() {
        nodes.forEach(node -> node.command("FLUSHALL"));
    }

    @Override
    public void close() {
        nodes.forEach(RedisProcess::close);
    }
}

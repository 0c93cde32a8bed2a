package xyz.graphyn.testkit.redis;

import static java.util.stream.Collectors.joining;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Redis Cluster of one test's own: masters that share the slots evenly, and replicas of the first ones. A node that is
 * away for a second is voted out; a master without a replica takes its slots with it.
 */
public final class LocalRedisCluster implements AutoCloseable {
    private static final int SLOTS = 16_384;
    private static final String NODE_TIMEOUT_MILLIS = "1000";

    private final String password;
    private final List<LocalRedis> masters;
    private final List<LocalRedis> replicas;

    private LocalRedisCluster(String password, List<LocalRedis> masters, List<LocalRedis> replicas) {
        this.password = password;
        this.masters = List.copyOf(masters);
        this.replicas = List.copyOf(replicas);
    }

    /**
     * Starts it and waits until all nodes agree that all slots are served.
     *
     * @param program the redis-server executable, of version 7 or later
     * @param folder for the nodes' files; it must be there, and is left to the caller
     * @param masters 3 or more
     * @param replicas of the first masters, one each
     */
    public static LocalRedisCluster start(Path program, Path folder, int masters, int replicas, String password) {
        List<LocalRedis> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < masters + replicas; i++) {
                nodes.add(node(program, folder, password));
            }
            LocalRedisCluster cluster =
                    new LocalRedisCluster(password, nodes.subList(0, masters), nodes.subList(masters, nodes.size()));
            cluster.join(nodes);
            return cluster;
        } catch (RuntimeException e) {
            nodes.forEach(LocalRedis::close);
            throw e;
        }
    }

    private static LocalRedis node(Path program, Path folder, String password) {
        int bus = LocalRedis.freePort();
        return LocalRedis.start(
                program,
                folder,
                password,
                "--cluster-enabled",
                "yes",
                "--cluster-port",
                Integer.toString(bus),
                "--cluster-config-file",
                "nodes-" + bus + ".conf",
                "--cluster-node-timeout",
                NODE_TIMEOUT_MILLIS,
                "--repl-diskless-sync-delay",
                "0");
    }

    private void join(List<LocalRedis> nodes) {
        for (int i = 0; i < masters.size(); i++) {
            String from = Integer.toString(SLOTS * i / masters.size());
            String to = Integer.toString(SLOTS * (i + 1) / masters.size() - 1);
            masters.get(i).command("CLUSTER", "ADDSLOTSRANGE", from, to);
        }
        LocalRedis first = nodes.getFirst();
        for (LocalRedis node : nodes.subList(1, nodes.size())) {
            String bus = node.command("CONFIG", "GET", "cluster-port")
                    .lines()
                    .skip(1)
                    .findFirst()
                    .orElseThrow();
            first.command("CLUSTER", "MEET", "127.0.0.1", Integer.toString(node.port()), bus);
        }
        String known = "cluster_known_nodes:" + nodes.size();
        LocalRedis.await(() -> nodes.stream().allMatch(node -> info(node).contains(known)), "the nodes don't meet");
        for (int i = 0; i < replicas.size(); i++) {
            replicas.get(i).command("CLUSTER", "REPLICATE", id(masters.get(i)));
        }
        LocalRedis.await(() -> nodes.stream().allMatch(LocalRedisCluster::isWell), "the cluster doesn't come to life");
        LocalRedis.await(
                () -> replicas.stream()
                        .allMatch(each -> each.command("INFO", "replication").contains("master_link_status:up")),
                "the replicas don't follow");
    }

    private static String info(LocalRedis node) {
        return node.command("CLUSTER", "INFO");
    }

    private static boolean isWell(LocalRedis node) {
        return info(node).contains("cluster_state:ok")
                && info(node).contains("cluster_slots_ok:" + SLOTS)
                && node.command("CLUSTER", "NODES").lines().noneMatch(line -> line.contains("handshake"));
    }

    private static String id(LocalRedis node) {
        return node.command("CLUSTER", "MYID");
    }

    /** All masters as seeds, with the password. */
    public String url() {
        return "redis://:" + password + "@"
                + masters.stream().map(node -> "127.0.0.1:" + node.port()).collect(joining(","));
    }

    /** Those that were masters at the start. */
    public List<LocalRedis> masters() {
        return masters;
    }

    /** Those that were replicas at the start, in the order of their masters. */
    public List<LocalRedis> replicas() {
        return replicas;
    }

    /** The slot of a key or a sharded channel. */
    public int slotOf(String key) {
        return Integer.parseInt(living().command("CLUSTER", "KEYSLOT", key));
    }

    /** The node that serves a slot at present. */
    public LocalRedis ownerOf(int slot) {
        return all().filter(LocalRedis::isAlive)
                .filter(node -> serves(node, slot))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody serves slot " + slot));
    }

    private static boolean serves(LocalRedis node, int slot) {
        String own = node.command("CLUSTER", "NODES")
                .lines()
                .filter(line -> line.contains("myself"))
                .findFirst()
                .orElseThrow();
        String[] fields = own.split(" ", -1);
        return fields[2].toLowerCase(Locale.ROOT).contains("master")
                && IntStream.range(8, fields.length)
                        .mapToObj(i -> fields[i].split("-", -1))
                        .filter(range -> range[0].matches("[0-9]+"))
                        .anyMatch(range -> Integer.parseInt(range[0]) <= slot
                                && slot <= Integer.parseInt(range[range.length - 1]));
    }

    /** Moves a slot with the given keys, and returns when all masters know. */
    public void move(int slot, LocalRedis to, List<String> keys) {
        LocalRedis from = ownerOf(slot);
        String number = Integer.toString(slot);
        to.command("CLUSTER", "SETSLOT", number, "IMPORTING", id(from));
        from.command("CLUSTER", "SETSLOT", number, "MIGRATING", id(to));
        for (String key : keys) {
            from.command("MIGRATE", "127.0.0.1", Integer.toString(to.port()), key, "0", "5000", "AUTH", password);
        }
        String next = id(to);
        to.command("CLUSTER", "SETSLOT", number, "NODE", next);
        from.command("CLUSTER", "SETSLOT", number, "NODE", next);
        masters.stream()
                .filter(node -> node != to && node != from)
                .forEach(node -> node.command("CLUSTER", "SETSLOT", number, "NODE", next));
    }

    /** Waits until all that live say that all slots are served. */
    public void awaitWell() {
        LocalRedis.await(
                () -> all().filter(LocalRedis::isAlive).allMatch(LocalRedisCluster::isWell), "the cluster stays ill");
    }

    private Stream<LocalRedis> all() {
        return Stream.concat(masters.stream(), replicas.stream());
    }

    private LocalRedis living() {
        return all().filter(LocalRedis::isAlive).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        all().forEach(LocalRedis::close);
    }
}

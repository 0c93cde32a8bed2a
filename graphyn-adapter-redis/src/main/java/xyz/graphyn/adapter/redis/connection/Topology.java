package xyz.graphyn.adapter.redis.connection;

import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Which node is asked for what. Safe for many threads; nothing here waits. */
public sealed interface Topology {
    /** Where a key or a sharded channel lives, as far as is known; empty while nobody serves its slot. */
    Optional<Place> nodeOf(String key);

    /** Asks the servers who serves what, in the background. May be called often. */
    void refresh();

    /** One server, which serves everything. */
    record OneServer(Place place) implements Topology {
        @Override
        public Optional<Place> nodeOf(String key) {
            return Optional.of(place);
        }

        @Override
        public void refresh() {
            // There is nothing to learn: where it is, is configured.
        }
    }

    /** A cluster, as its nodes last described it. */
    final class Cluster implements Topology {
        /** A storm of MOVED answers makes one question, not thousands. */
        private static final long PAUSE_NANOS = Duration.ofMillis(500).toNanos();

        private final RedisClusterClient client;

        // All guarded by this.
        private long lastRefresh = System.nanoTime() - PAUSE_NANOS;
        private CompletableFuture<Void> refreshing = CompletableFuture.completedFuture(null);
        private boolean closed;

        Cluster(RedisClusterClient client) {
            this.client = client;
        }

        @Override
        public Optional<Place> nodeOf(String key) {
            return Optional.ofNullable(client.getPartitions().getMasterBySlot(SlotHash.getSlot(key)))
                    .map(node -> Place.of(node.getUri()));
        }

        @Override
        public synchronized void refresh() {
            long now = System.nanoTime();
            if (!closed && refreshing.isDone() && now - lastRefresh >= PAUSE_NANOS) {
                lastRefresh = now;
                refreshing = client.refreshPartitionsAsync().toCompletableFuture();
            }
        }

        /** Asks nothing more; done when what was asked has been answered. */
        synchronized CompletableFuture<Void> close() {
            closed = true;
            client.suspendTopologyRefresh();
            return refreshing;
        }
    }
}

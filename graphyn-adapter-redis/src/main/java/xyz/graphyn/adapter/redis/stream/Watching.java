package xyz.graphyn.adapter.redis.stream;

import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.adapter.redis.connection.CommandLink;
import xyz.graphyn.adapter.redis.connection.ConnectionObserver;
import xyz.graphyn.adapter.redis.connection.Place;
import xyz.graphyn.adapter.redis.connection.RedisDialer;
import xyz.graphyn.adapter.redis.connection.Topology;
import xyz.graphyn.application.stream.LiveChannel.Listener;
import xyz.graphyn.application.stream.LiveChannel.Watch;
import xyz.graphyn.domain.agent.AgentKey;

/**
 * What this server watches, and on which node's connection. Each agent has one subscription, however many listen. What is
 * wanted is compared with what is there whenever something happened and once a second, and each subscription is asked for
 * again every half minute, so that whatever a server or a move of slots forgot heals by itself.
 *
 * <p>Listeners are never called with the lock held.
 */
final class Watching implements NodeSubscriptions.Owner, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
    private static final long TICK_MILLIS = 1_000;
    private static final long AFTER_A_MOVE_MILLIS = 100;
    private static final long SURE_NANOS = Duration.ofSeconds(30).toNanos();

    private enum State {
        WANTED,
        ASKED,
        THERE
    }

    /** An agent that is watched. Its listeners may be read without the lock, the rest is guarded by it. */
    private static final class Watched {
        private final AgentKey agent;
        private final List<Listener> listeners = new CopyOnWriteArrayList<>();
        private @Nullable String channel;
        private @Nullable NodeSubscriptions node;
        private State state = State.WANTED;
        private long sureAt;

        Watched(AgentKey agent) {
            this.agent = agent;
        }

        void want() {
            node = null;
            state = State.WANTED;
        }
    }

    private final RedisDialer dialer;
    private final CommandLink link;
    private final ConnectionObserver observer;
    private final ScheduledFuture<?> ticks;
    private final Object lock = new Object();

    // Guarded by the lock.
    private final Map<AgentKey, Watched> watched = new HashMap<>();
    private final List<NodeSubscriptions> nodes = new ArrayList<>();
    private @Nullable String epoch;
    private boolean soon;
    private boolean crowded;
    private boolean closed;

    /** What is watched in the present epoch; read without the lock by every message. */
    private final Map<String, Watched> byChannel = new ConcurrentHashMap<>();

    Watching(RedisDialer dialer, CommandLink link, ConnectionObserver observer) {
        this.dialer = dialer;
        this.link = link;
        this.observer = observer;
        this.ticks =
                dialer.executor().scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    void enter(String next) {
        synchronized (lock) {
            if (next.equals(epoch)) {
                return;
            }
            epoch = next;
            for (Watched each : watched.values()) {
                leave(each);
                join(each, next);
            }
        }
    }

    Watch watch(AgentKey agent, Listener listener) {
        boolean begun;
        Watched each;
        synchronized (lock) {
            each = watched.get(agent);
            if (each == null) {
                each = new Watched(agent);
                watched.put(agent, each);
                each.listeners.add(listener);
                begun = false;
                if (epoch != null) {
                    join(each, epoch);
                }
            } else {
                each.listeners.add(listener);
                begun = each.state == State.THERE;
            }
        }
        if (begun) {
            // Apart from the caller, who may hold a lock that the listener takes.
            dialer.executor().execute(listener::uncertain);
        }
        Watched one = each;
        return () -> unwatch(one, listener);
    }

    private void unwatch(Watched each, Listener listener) {
        synchronized (lock) {
            if (each.listeners.remove(listener) && each.listeners.isEmpty()) {
                watched.remove(each.agent, each);
                leave(each);
            }
        }
    }

    // The four below are called with the lock held.

    private void join(Watched each, String in) {
        String channel = LiveKeys.of(in, each.agent).channel();
        each.channel = channel;
        byChannel.put(channel, each);
        place(each);
    }

    private void leave(Watched each) {
        if (each.channel != null) {
            byChannel.remove(each.channel, each);
            if (each.node != null) {
                each.node.unsubscribe(each.channel);
            }
        }
        each.channel = null;
        each.want();
    }

    private void place(Watched each) {
        String channel = each.channel;
        if (channel == null || each.state != State.WANTED || closed) {
            return;
        }
        Place place = placeOf(channel).orElse(null);
        if (place == null) {
            return;
        }
        NodeSubscriptions node = node(place);
        if (node.hasRoom()) {
            each.node = node;
            each.state = State.ASKED;
            node.subscribe(channel);
        } else {
            crowded = true;
        }
    }

    private Optional<Place> placeOf(String channel) {
        return link.topology().flatMap(topology -> topology.nodeOf(channel));
    }

    private NodeSubscriptions node(Place place) {
        for (NodeSubscriptions node : nodes) {
            if (node.is(place)) {
                return node;
            }
        }
        NodeSubscriptions node = new NodeSubscriptions(place, dialer, this, observer);
        nodes.add(node);
        node.open();
        return node;
    }

    /** Asks for everything that is wanted and not there. */
    void placeAll() {
        synchronized (lock) {
            soon = false;
            crowded = false;
            watched.values().forEach(this::place);
        }
    }

    private void placeSoon() {
        synchronized (lock) {
            if (soon || closed) {
                return;
            }
            soon = true;
        }
        var unused = dialer.executor().schedule(this::placeAll, AFTER_A_MOVE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void opened(NodeSubscriptions node) {
        placeAll();
    }

    @Override
    public void broken(NodeSubscriptions node) {
        synchronized (lock) {
            for (Watched each : watched.values()) {
                if (each.node == node) {
                    each.want();
                }
            }
        }
        link.topology().ifPresent(Topology::refresh);
    }

    @Override
    public void subscribed(NodeSubscriptions node, String channel) {
        Watched each = byChannel.get(channel);
        boolean begun = false;
        synchronized (lock) {
            if (each != null && each.node == node && channel.equals(each.channel)) {
                begun = each.state == State.ASKED;
                each.state = State.THERE;
                each.sureAt = System.nanoTime();
            }
        }
        if (each != null && begun) {
            each.listeners.forEach(Listener::uncertain);
        }
    }

    @Override
    public void idle(NodeSubscriptions node) {
        synchronized (lock) {
            if (!crowded) {
                return;
            }
        }
        placeAll();
    }

    @Override
    public void unsubscribed(NodeSubscriptions node, String channel) {
        Watched each = byChannel.get(channel);
        synchronized (lock) {
            // Where it was asked for again since, the answer to that is on its way.
            if (each == null || each.node != node || each.state != State.THERE) {
                return;
            }
            each.want();
        }
        link.topology().ifPresent(Topology::refresh);
        placeSoon();
    }

    @Override
    public void refused(NodeSubscriptions node, String channel, String error) {
        Watched each = byChannel.get(channel);
        synchronized (lock) {
            if (each == null || each.node != node) {
                return;
            }
            each.want();
        }
        if (error.startsWith("MOVED") || error.startsWith("CLUSTERDOWN")) {
            link.topology().ifPresent(Topology::refresh);
            placeSoon();
        } else if (error.startsWith("ERR unknown command")) {
            placeSoon();
        } else if (!error.isEmpty()) {
            LOG.warn("Redis refuses a subscription: {}", error);
        }
    }

    @Override
    public void message(String channel, byte[] message) {
        Watched each = byChannel.get(channel);
        if (each == null) {
            return;
        }
        switch (EventCodec.decodeMessage(each.agent, message)) {
            case EventCodec.Message.Run(var run) -> each.listeners.forEach(listener -> listener.received(run));
            case EventCodec.Message.Uncertain() -> each.listeners.forEach(Listener::uncertain);
            case EventCodec.Message.Unreadable() -> {
                // By a server of another version: there are events, and the store has them.
                each.listeners.forEach(Listener::uncertain);
            }
        }
    }

    private void tick() {
        List<NodeSubscriptions> all;
        boolean allThere = true;
        synchronized (lock) {
            long now = System.nanoTime();
            for (Watched each : watched.values()) {
                check(each, now);
                allThere &= each.state == State.THERE || each.channel == null;
            }
            all = List.copyOf(nodes);
        }
        if (!allThere) {
            link.topology().ifPresent(Topology::refresh);
        }
        all.forEach(NodeSubscriptions::beat);
        all.forEach(this::closeIfUnused);
    }

    /** Called with the lock held. */
    private void check(Watched each, long now) {
        String channel = each.channel;
        NodeSubscriptions node = each.node;
        if (channel == null) {
            return;
        }
        if (node != null) {
            Place place = link.topology()
                    .flatMap(topology -> topology.nodeOf(channel))
                    .orElse(null);
            if (place != null && !node.is(place)) {
                node.unsubscribe(channel);
                each.want();
            } else if (each.state == State.THERE && now - each.sureAt > SURE_NANOS && node.hasRoom()) {
                each.sureAt = now;
                node.subscribe(channel);
            }
        }
        place(each);
    }

    /** A node that left the cluster, or serves nothing that is watched, needs no connection. The last one stays. */
    private void closeIfUnused(NodeSubscriptions node) {
        synchronized (lock) {
            if (nodes.size() == 1 || watched.values().stream().anyMatch(each -> uses(each, node))) {
                return;
            }
            nodes.remove(node);
        }
        node.close();
    }

    /** Called with the lock held. */
    private boolean uses(Watched each, NodeSubscriptions node) {
        String channel = each.channel;
        return each.node == node
                || (channel != null && placeOf(channel).filter(node::is).isPresent());
    }

    @Override
    public void close() {
        List<NodeSubscriptions> open;
        synchronized (lock) {
            closed = true;
            byChannel.clear();
            watched.clear();
            open = List.copyOf(nodes);
            nodes.clear();
        }
        ticks.cancel(false);
        open.forEach(NodeSubscriptions::close);
    }
}

package xyz.graphyn.adapter.http.stream;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.application.failure.FailureRecorder;
import xyz.graphyn.application.stream.Streams;
import xyz.graphyn.domain.access.Principal;

/**
 * All clients that are being streamed to, and what they share: one thread looks after the times of all of them, a few write
 * to all of their sockets, so that an idle client costs neither a thread nor a task.
 */
public final class LiveClients implements AutoCloseable {
    /** How exactly times are kept. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** How long those who are told to go may take to read that. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(LiveClients.class);

    private final Streams streams;
    private final Function<String, Principal> authentication;
    private final FailureRecorder failures;
    private final InstantSource clock;
    private final StreamConfiguration configuration;
    private final Set<Client> clients = ConcurrentHashMap.newKeySet();
    private final Writers writers = new Writers(Math.max(2, Runtime.getRuntime().availableProcessors()));
    private volatile boolean closed;
    private volatile boolean over;

    /** One of them. */
    interface Client {
        /** Looks at what is due. Must not wait. */
        void tick(long nanoTime, Instant now);

        /** Tells it to come back to another server. Must not wait. */
        void restart();
    }

    /** @param authentication finds out who holds a token, or throws a {@link Refusal} */
    public LiveClients(
            Streams streams,
            Function<String, Principal> authentication,
            FailureRecorder failures,
            InstantSource clock,
            StreamConfiguration configuration) {
        this.streams = streams;
        this.authentication = authentication;
        this.failures = failures;
        this.clock = clock;
        this.configuration = configuration;
    }

    /** To be called before there are any. */
    public void start() {
        writers.start();
        Thread.ofPlatform().daemon().name("stream-tick").start(() -> {
            while (!over) {
                LockSupport.parkNanos(TICK_NANOS);
                tick();
            }
        });
    }

    /** How many there are. */
    public int count() {
        return clients.size();
    }

    Streams streams() {
        return streams;
    }

    Principal authenticate(String token) {
        return authentication.apply(token);
    }

    StreamConfiguration configuration() {
        return configuration;
    }

    Writers writers() {
        return writers;
    }

    /** @throws Refusal.Unavailable if no more clients are taken */
    void checkOpen() {
        if (closed) {
            throw new Refusal.Unavailable("The server is stopping.", RETRY_AFTER);
        }
    }

    void add(Client client) {
        clients.add(client);
        if (closed) {
            client.restart();
        }
    }

    void remove(Client client) {
        clients.remove(client);
    }

    /** @param at whose events it did not read; null if that can't be told */
    void recordSlow(@Nullable Principal principal, String requestId, @Nullable AgentSubscriber at) {
        failures.record(new Failure(
                Failure.Kind.SLOW_CLIENT,
                principal == null ? null : principal.organization(),
                at == null ? null : at.agent(),
                (principal == null ? "unknown" : principal.subject()) + " " + requestId,
                at == null ? null : at.seen(),
                "A client did not read what it was sent, and was closed."));
    }

    private void tick() {
        long nanoTime = System.nanoTime();
        Instant now = clock.instant();
        for (Client client : clients) {
            try {
                client.tick(nanoTime, now);
            } catch (RuntimeException fault) {
                LOG.error("A stream could not be looked after", fault);
            }
        }
    }

    /** Tells everyone to come back elsewhere, and waits a little until they are gone. Idempotent. */
    @Override
    public void close() {
        close(FAREWELL);
    }

    /** @param grace for those who are told, 5 s at most */
    public void close(Duration grace) {
        if (closed) {
            return;
        }
        closed = true;
        for (Client client : List.copyOf(clients)) {
            client.restart();
        }
        long end = System.nanoTime() + Math.min(grace.toNanos(), FAREWELL.toNanos());
        while (!clients.isEmpty()
                && System.nanoTime() < end
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        over = true;
        writers.stop();
    }
}

package xyz.graphyn.bootstrap.tail;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.bootstrap.tail.Connection.End;
import xyz.graphyn.bootstrap.tail.Incoming.Line;

/** Prints events until it is closed, or until there is no use in going on. */
public final class Tail implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /** Servers say something more often than this; then we ask, and at twice the time we take the connection for dead. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /** A connection that lasted this long was good, whatever became of it. */
    private static final Duration GOOD = Duration.ofSeconds(10);

    /** So long before a token ends we ask for the next, or at half of what is left of a short one; and then this often. */
    private static final Duration REFRESH_AHEAD = Duration.ofSeconds(20);

    private static final Duration REFRESH_AGAIN = Duration.ofSeconds(2);

    /** RFC 6455, section 7.4.1: one of us does not speak the protocol. */
    private static final int BROKEN_FRAME = 1002;

    private static final int BROKEN_TEXT = 1007;
    private static final int BAD_MESSAGE = 4400;
    private static final int UNAUTHENTICATED = 4401;
    private static final int NOT_ALLOWED = 4403;
    private static final Set<String> FINAL_FOR_AN_AGENT = Set.of("not-found", "not-allowed", "ahead");

    private static final JsonMapper JSON = new JsonMapper();

    private final URI endpoint;
    private final List<String> types;
    private final Supplier<String> tokens;
    private final Backoff backoff;
    private final InstantSource clock;
    private final OutputStream out;
    private final PrintWriter err;
    private final Progress progress;
    private final HttpClient client;

    /** Held while a message is dealt with, so that its lines are whole and are followed by none of an older connection. */
    private final ReentrantLock printing = new ReentrantLock();

    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable Connection connection;

    // The main thread's own, but for the last three, which messages change.
    private String token = "";
    private int failures;
    private int rejections;
    private volatile boolean lost;
    private volatile boolean subscribed;
    private volatile boolean progressed;

    /**
     * What to watch.
     *
     * @param agents 1 to 1,000
     * @param after every event behind this one of each agent; null for those only that are still to come
     * @param types only events of these; empty for all
     */
    public record Wish(List<UUID> agents, @Nullable Long after, List<String> types) {}

    /** @param tokens asked before each connection, and again before a token ends */
    public Tail(
            URI server,
            Wish wish,
            Supplier<String> tokens,
            Backoff backoff,
            InstantSource clock,
            OutputStream out,
            PrintWriter err) {
        String base = server.toString().replaceAll("/+$", "");
        this.endpoint = URI.create(base.replaceFirst("^http", "ws") + "/stream");
        this.types = List.copyOf(wish.types());
        this.tokens = tokens;
        this.backoff = backoff;
        this.clock = clock;
        this.out = new BufferedOutputStream(out, 64 * 1024);
        this.err = err;
        this.progress = new Progress(wish.agents(), wish.after());
        this.client = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                // Not virtual ones: one of them waits in a write for as long as the reader likes, and holds its
                // carrier.
                .executor(Executors.newCachedThreadPool(
                        Thread.ofPlatform().daemon().name("tail-", 1).factory()))
                .build();
    }

    /**
     * Returns when nobody reads the output any more, or when it was closed.
     *
     * @throws TailException if there is no use in going on
     */
    public void run() throws TailException, InterruptedException {
        while (!isClosed()) {
            long began = System.nanoTime();
            subscribed = false;
            progressed = false;
            End end = once();
            if (isClosed() || end instanceof End.Unread) {
                return;
            }
            if (subscribed) {
                rejections = 0;
            }
            if (progressed || (subscribed && System.nanoTime() - began > GOOD.toNanos())) {
                failures = 0;
            }
            String why = why(end);
            if (!lost) {
                lost = true;
                tell("The connection ended: " + why + ". Trying again.");
            }
            failures++;
            if (closing.await(backoff.after(failures).toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        }
    }

    /** @return why it is worth another attempt */
    private String why(End end) throws TailException {
        return switch (end) {
            case End.Lost lost -> lost.why();
            case End.Useless useless -> throw new TailException(useless.why());
            case End.Unread unread -> "nobody reads";
            case End.Closed(int code, String reason) ->
                switch (code) {
                    case BROKEN_FRAME, BROKEN_TEXT, BAD_MESSAGE ->
                        throw new TailException(
                                "The server did not understand this client: " + reason + " (" + code + ")");
                    case NOT_ALLOWED -> throw new TailException(reason + " (4403)");
                    case UNAUTHENTICATED -> whyUnauthenticated(reason);
                    default -> "the server closed it with " + code + (reason.isEmpty() ? "" : ", " + reason);
                };
        };
    }

    private String whyUnauthenticated(String reason) throws TailException {
        rejections++;
        if (rejections > 1 || tokens.get().equals(token)) {
            throw new TailException(reason + " There is no fresh token. (4401)");
        }
        return "the token ended";
    }

    private End once() throws InterruptedException {
        token = tokens.get();
        Connection current = new Connection(this::received);
        connection = current;
        WebSocket socket;
        try {
            // The builder's own timeout ends with the head of the answer.
            socket = client.newWebSocketBuilder()
                    .connectTimeout(CONNECT)
                    .buildAsync(endpoint, current)
                    .get(2 * CONNECT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            return unconnected(failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException unanswered) {
            current.end(new End.Lost("it was too late"));
            return new End.Lost(endpoint.getAuthority() + " does not answer");
        } catch (IllegalStateException stopped) {
            return new End.Unread(); // it was closed meanwhile
        }
        try {
            current.send(socket, subscription());
            return attend(current, socket);
        } finally {
            leave(socket);
        }
    }

    /** A server that is not ready answers 5xx or 429; any other answer is no stream, however often we ask. */
    private End unconnected(Throwable failure) {
        if (failure instanceof WebSocketHandshakeException answered) {
            int status = answered.getResponse().statusCode();
            return status >= 500 || status == 429
                    ? new End.Lost("the server answered " + status)
                    : new End.Useless(endpoint + " is no stream: the server answered " + status + ".");
        }
        return new End.Lost(endpoint.getAuthority() + " can't be reached");
    }

    private String subscription() {
        List<Map<String, Object>> agents = new ArrayList<>();
        progress.positions().forEach((agent, after) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("agentId", agent);
            if (after != null) {
                entry.put("after", after);
            }
            agents.add(entry);
        });
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", "subscribe");
        message.put("token", token);
        message.put("agents", agents);
        if (!types.isEmpty()) {
            message.put("types", types);
        }
        return JSON.writeValueAsString(message);
    }

    /** Sees to the token and to signs of life until the connection ends. */
    private End attend(Connection current, WebSocket socket) throws InterruptedException {
        Instant refresh = nextRefresh();
        boolean asked = false;
        while (true) {
            long untilRefresh =
                    Math.max(0, Duration.between(clock.instant(), refresh).toMillis());
            End end = current.awaitEnd(TimeUnit.MILLISECONDS.toNanos(Math.min(untilRefresh, SILENCE.toMillis() / 6)));
            if (end != null) {
                return end;
            }
            if (!clock.instant().isBefore(refresh)) {
                refresh = refresh(current, socket);
            }
            long idle = current.idleNanos();
            if (idle > 2 * SILENCE.toNanos()) {
                return new End.Lost("nothing came for " + 2 * SILENCE.toSeconds() + " s");
            }
            if (idle <= SILENCE.toNanos()) {
                asked = false;
            } else if (!asked) {
                asked = true;
                current.ping(socket);
            }
        }
    }

    private Instant nextRefresh() {
        Instant now = clock.instant();
        Instant late = now.plus(Duration.ofDays(365));
        Instant end = TokenLife.end(token).filter(late::isAfter).orElse(late);
        Duration half = Duration.between(now, end).dividedBy(2);
        return end.minus(half.compareTo(REFRESH_AHEAD) < 0 ? half : REFRESH_AHEAD);
    }

    /** @return when to ask again */
    private Instant refresh(Connection current, WebSocket socket) throws InterruptedException {
        String next = tokens.get();
        if (next.equals(token)) {
            return clock.instant().plus(REFRESH_AGAIN);
        }
        token = next;
        current.send(socket, JSON.writeValueAsString(Map.of("type", "refresh", "token", next)));
        Instant soonest = clock.instant().plus(REFRESH_AGAIN);
        Instant planned = nextRefresh();
        return planned.isBefore(soonest) ? soonest : planned;
    }

    private static void leave(WebSocket socket) {
        if (!socket.isOutputClosed()) {
            try {
                CompletionStage<WebSocket> said = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
                said.toCompletableFuture().get(1, TimeUnit.SECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException broken) {
                // It is over anyway.
            }
        }
        socket.abort();
    }

    private @Nullable End received(String text) {
        printing.lock();
        try {
            return isClosed() ? new End.Unread() : take(Incoming.parse(text));
        } catch (IOException unread) {
            return new End.Unread();
        } catch (TailException broken) {
            return new End.Useless(broken.why());
        } finally {
            printing.unlock();
        }
    }

    private @Nullable End take(Incoming incoming) throws IOException {
        switch (incoming) {
            case Incoming.Events(UUID agent, List<Line> lines) -> {
                List<Line> fresh = progress.fresh(agent, lines);
                progressed |= !fresh.isEmpty();
                print(fresh);
            }
            case Incoming.Subscribed(UUID agent, long after) -> {
                progress.subscribed(agent, after);
                subscribed = true;
                if (lost) {
                    lost = false;
                    tell("Connected again.");
                }
            }
            case Incoming.Position(UUID agent, long seq) -> progress.advance(agent, seq);
            case Incoming.Gap(UUID agent, long from, long to) -> {
                if (progress.advance(agent, to)) {
                    tell("Agent " + agent + ": the events " + from + " to " + to + " were removed.");
                }
            }
            case Incoming.Refused(UUID agent, String code, String message) -> {
                return refused(agent, code, message);
            }
            case Incoming.Other other -> {}
        }
        return null;
    }

    private @Nullable End refused(@Nullable UUID agent, String code, String message) {
        if (agent == null) {
            return null; // a token that could not be checked: the next one is, or the end comes with 4401
        }
        if (!FINAL_FOR_AN_AGENT.contains(code)) {
            return new End.Lost(message);
        }
        tell("Agent " + agent + ": " + message + " (" + code + ")");
        return progress.drop(agent) ? null : new End.Useless("There is no agent left to watch.");
    }

    /** Whole lines, and none of them kept back. */
    private void print(List<Line> lines) throws IOException {
        for (Line line : lines) {
            out.write(line.json().getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        }
        out.flush();
    }

    private void tell(String what) {
        err.println(what);
        err.flush();
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    /** Ends it, after the line under way; unless nobody reads, then at once. Another thread's {@link #run} returns. */
    @Override
    public void close() {
        closing.countDown();
        Connection current = connection;
        if (current != null) {
            current.end(new End.Unread());
        }
        try {
            if (printing.tryLock(1, TimeUnit.SECONDS)) {
                printing.unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        client.shutdownNow();
    }
}

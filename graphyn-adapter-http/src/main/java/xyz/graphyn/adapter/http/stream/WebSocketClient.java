package xyz.graphyn.adapter.http.stream;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.domain.access.Principal;

/**
 * One WebSocket. Its messages are handled one after another, on a thread of Jetty's that may wait: the next one is only read
 * when the one before is done, so that a client can't make the server work faster than it works.
 */
final class WebSocketClient implements FrameHandler, Conversation.Line, LiveClients.Client {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketClient.class);

    /** How long a client may take to answer a close frame, before the connection is cut. */
    private static final long FAREWELL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int MOST_UNANSWERED_PINGS = 2;

    /** RFC 6455, section 5.5: a control frame holds 125 bytes, of which the code takes two. */
    private static final int LONGEST_REASON = 123;

    private final LiveClients clients;
    private final @Nullable Principal known;
    private final String requestId;
    private final Backlog backlog;
    private final Conversation conversation;
    private final MessageAssembly assembly = new MessageAssembly();
    private final AtomicReference<@Nullable CloseCode> closing = new AtomicReference<>();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicInteger unansweredPings = new AtomicInteger();
    private final AtomicLong events = new AtomicLong();
    private final long startedNanos = System.nanoTime();
    private volatile long closingAt;
    private long pingedAt = startedNanos;
    private volatile @Nullable SocketOutbox outbox;
    private volatile @Nullable CoreSession session;

    /** @param known who sent a token with the request; null if none was sent */
    WebSocketClient(LiveClients clients, @Nullable Principal known, String requestId) {
        this.clients = clients;
        this.known = known;
        this.requestId = requestId;
        this.backlog = new Backlog(clients.configuration().backlogBytes());
        this.conversation = new Conversation(clients, requestId, this);
    }

    @Override
    public void onOpen(CoreSession opened, Callback callback) {
        session = opened;
        outbox = new SocketOutbox(backlog, clients.writers(), opened);
        clients.add(this);
        callback.succeeded();
        enterIfKnown();
        opened.demand();
    }

    /** Only now, since not every handshake that was agreed to comes to its end. */
    private void enterIfKnown() {
        if (known != null) {
            try {
                conversation.enter(known);
            } catch (Refusal.TooMany full) {
                close(CloseCode.TRY_AGAIN_LATER, String.valueOf(full.getMessage()));
            }
        }
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
        unansweredPings.set(0);
        CoreSession open = requireNonNull(session);
        switch (frame.getOpCode()) {
            case OpCode.TEXT, OpCode.CONTINUATION -> takePart(frame);
            case OpCode.BINARY -> close(CloseCode.BAD_MESSAGE, "Messages must be text.");
            case OpCode.PING -> {
                pong(frame, open, callback);
                return;
            }
            case OpCode.CLOSE -> {
                callback.succeeded(); // upon which Jetty answers it
                return;
            }
            default -> {} // a pong, which has said what it has to say by being there
        }
        callback.succeeded();
        open.demand();
    }

    private void takePart(Frame frame) {
        if (closing.get() != null) {
            return;
        }
        switch (assembly.add(frame)) {
            case MessageAssembly.Outcome.Incomplete() -> {}
            case MessageAssembly.Outcome.Whole(String text) -> conversation.take(text);
            case MessageAssembly.Outcome.TooLarge() ->
                close(CloseCode.BAD_MESSAGE, "A message must have at most " + ClientMessage.MOST_BYTES + " bytes.");
            case MessageAssembly.Outcome.NotUtf8() -> close(CloseCode.NOT_UTF_8, "Text must be UTF-8.");
        }
    }

    /** Only then is the next frame read: who sends pings without reading their answers is not read either. */
    private static void pong(Frame ping, CoreSession session, Callback callback) {
        ByteBuffer payload = ByteBuffer.allocate(ping.getPayloadLength());
        if (ping.hasPayload()) {
            payload.put(ping.getPayload().slice()).flip();
        }
        callback.succeeded();
        session.sendFrame(
                new OutgoingEntry.Builder(new Frame(OpCode.PONG, payload), Callback.from(session::demand, gone -> {}))
                        .build());
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
        LOG.debug("A WebSocket failed", cause);
        callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
        if (ended.compareAndSet(false, true)) {
            clients.remove(this);
            backlog.discard();
            conversation.end();
            CloseCode ours = closing.get();
            String why = ours == null ? "client-" + status.getCode() : ours.word() + "-" + ours.code();
            StreamLog.ended("websocket", requestId, why, events.get(), startedNanos, conversation.principal());
        }
        callback.succeeded();
    }

    @Override
    public void answer(ServerMessage message) {
        send(List.of(MessageNotation.message(message)), false, null);
    }

    @Override
    public void send(List<Chunk> chunks, boolean promised, @Nullable AgentSubscriber from) {
        switch (requireNonNull(outbox).send(chunks, promised)) {
            case TAKEN, WAKE -> {
                for (Chunk chunk : chunks) {
                    events.addAndGet(chunk.events());
                }
            }
            case TOO_MUCH -> tooSlow(from);
            case CLOSED -> {}
        }
    }

    @Override
    public boolean awaitRoom() throws InterruptedException {
        return backlog.awaitRoom();
    }

    @Override
    public void ended(AgentSubscriber subscriber, Refusal why) {
        conversation.ended(subscriber, why);
    }

    private void tooSlow(@Nullable AgentSubscriber at) {
        if (begin(CloseCode.TOO_SLOW)) {
            clients.recordSlow(conversation.principal(), requestId, at);
            requireNonNull(outbox).cut(CloseCode.TOO_SLOW, "Events come faster than you read them.");
        }
    }

    @Override
    public void close(CloseCode code, String reason) {
        if (begin(code)) {
            requireNonNull(outbox).close(code, cut(reason));
        }
    }

    private boolean begin(CloseCode code) {
        if (!closing.compareAndSet(null, code)) {
            return false;
        }
        closingAt = System.nanoTime();
        // Elsewhere: whoever finds out that it must close may be in the middle of sending to many.
        Thread.ofVirtual().name("stream-end").start(conversation::end);
        return true;
    }

    /** As much of a reason as a close frame holds, in whole characters. */
    static String cut(String reason) {
        String cut = reason;
        while (cut.getBytes(StandardCharsets.UTF_8).length > LONGEST_REASON) {
            cut = cut.substring(0, cut.offsetByCodePoints(cut.length(), -1));
        }
        return cut;
    }

    @Override
    public void restart() {
        close(CloseCode.RESTART, "The server restarts. Come back, and go on where you are.");
    }

    @Override
    public void tick(long nanoTime, Instant now) {
        CoreSession open = session;
        if (open == null) {
            return;
        }
        if (closing.get() != null) {
            if (nanoTime - closingAt > FAREWELL_NANOS) {
                open.abort();
            }
            return;
        }
        conversation.tick(nanoTime, now, nanoTime - startedNanos);
        if (backlog.stalledFor(clients.configuration().patience().toNanos())) {
            tooSlow(null);
        } else if (nanoTime - pingedAt > clients.configuration().ping().toNanos()) {
            pingedAt = nanoTime;
            ping(open);
        }
    }

    private void ping(CoreSession open) {
        if (unansweredPings.get() >= MOST_UNANSWERED_PINGS) {
            open.abort();
            return;
        }
        Callback sent = Callback.from(unansweredPings::incrementAndGet, gone -> {});
        open.sendFrame(new OutgoingEntry.Builder(new Frame(OpCode.PING), sent).build());
    }
}

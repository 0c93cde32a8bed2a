package xyz.graphyn.bootstrap.tail;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.event.EventDraft;

/**
 * One connection, from its first message to its end. The next frame is asked for when the last one was dealt with, so what
 * the server sends waits on its side.
 */
final class Connection implements WebSocket.Listener {
    /** A message holds one large event, or several that are small; twice the largest is more than there is. */
    static final int LONGEST = 2 * EventDraft.MAX_PAYLOAD;

    private static final int KEPT = 1024 * 1024;
    private static final long SENT_WITHIN_SECONDS = 10;

    private final Receiver receiver;
    private final BlockingQueue<End> ends = new LinkedBlockingQueue<>();
    private StringBuilder text = new StringBuilder();
    private volatile long lastSign = System.nanoTime();
    private volatile boolean busy;
    private volatile boolean over;

    /** Takes each message, on a thread of the connection's, one after the other. */
    interface Receiver {
        /** @return why the connection is of no more use; null if it is */
        @Nullable End received(String message);
    }

    /** How a connection ended. */
    sealed interface End {
        /** The server closed it. */
        record Closed(int code, String reason) implements End {}

        /** It broke, or is not wanted any more: it is worth another attempt. */
        record Lost(String why) implements End {}

        /** There is no use in another attempt. */
        record Useless(String why) implements End {}

        /** Nobody reads what we print. */
        record Unread() implements End {}
    }

    Connection(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public void onOpen(WebSocket socket) {
        if (over) {
            socket.abort(); // nobody waits for it any more
        }
        lastSign = System.nanoTime();
        socket.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        if (over) {
            return null;
        }
        busy = true;
        try {
            if (text.length() + data.length() > LONGEST) {
                end(new End.Useless("The server sent a message of more than " + LONGEST + " characters."));
                return null;
            }
            text.append(data);
            if (last) {
                String message = text.toString();
                text.setLength(0);
                if (text.capacity() > KEPT) {
                    text = new StringBuilder();
                }
                End end = receiver.received(message);
                if (end != null) {
                    end(end);
                    return null;
                }
            }
        } finally {
            lastSign = System.nanoTime();
            busy = false;
        }
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
        end(new End.Useless("The server sent bytes where a stream has text."));
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer data) {
        return sign(socket);
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
        return sign(socket);
    }

    private @Nullable CompletionStage<?> sign(WebSocket socket) {
        lastSign = System.nanoTime();
        socket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        end(new End.Closed(code, reason));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable failure) {
        String why = failure.getMessage();
        end(new End.Lost(why == null ? failure.getClass().getSimpleName() : why));
    }

    /** The first reason counts; messages that come after it are not looked at. */
    void end(End end) {
        over = true;
        ends.add(end);
    }

    /** Waits for the end; null if it hasn't come by then. */
    @Nullable End awaitEnd(long nanos) throws InterruptedException {
        return ends.poll(nanos, TimeUnit.NANOSECONDS);
    }

    /** How long nothing came that was waited for; while a message is printed, none is. */
    long idleNanos() {
        return busy ? 0 : System.nanoTime() - lastSign;
    }

    /** Sends a message; if it can't be sent, the connection ends. */
    void send(WebSocket socket, String message) throws InterruptedException {
        await(socket.sendText(message, true));
    }

    void ping(WebSocket socket) throws InterruptedException {
        await(socket.sendPing(ByteBuffer.allocate(0)));
    }

    private void await(CompletionStage<?> sent) throws InterruptedException {
        try {
            sent.toCompletableFuture().get(SENT_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            end(new End.Lost("nothing can be sent"));
        }
    }
}

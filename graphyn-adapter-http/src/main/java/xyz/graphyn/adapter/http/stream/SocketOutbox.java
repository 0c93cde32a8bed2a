package xyz.graphyn.adapter.http.stream;

import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;
import org.jspecify.annotations.Nullable;

/**
 * Sends what waits for one WebSocket: as much as has gathered in one write, and nothing more before the socket has taken it.
 * Frames of a server are not masked (RFC 6455, section 5.1), so the bytes are the same for all and are not copied.
 */
final class SocketOutbox implements Runnable {
    /** Handed to Jetty at one time: what is handed over can't be taken back when a client turns out to be slow. */
    private static final int MOST_AT_ONCE = 256 * 1_024;

    private final Backlog backlog;
    private final Writers writers;
    private final CoreSession session;
    private volatile @Nullable Farewell farewell;

    private record Farewell(CloseCode code, String reason) {}

    SocketOutbox(Backlog backlog, Writers writers, CoreSession session) {
        this.backlog = backlog;
        this.writers = writers;
        this.session = session;
    }

    Backlog.Outcome send(List<Chunk> chunks, boolean promised) {
        Backlog.Outcome outcome = backlog.offer(chunks, promised);
        if (outcome == Backlog.Outcome.WAKE) {
            writers.execute(this);
        }
        return outcome;
    }

    /** Closes the socket behind what waits. */
    void close(CloseCode code, String reason) {
        farewell = new Farewell(code, reason);
        backlog.close();
        if (backlog.nudge()) {
            writers.execute(this);
        }
    }

    /** Closes the socket as soon as it can be written to, and forgets what waits. */
    void cut(CloseCode code, String reason) {
        backlog.discard();
        close(code, reason);
    }

    /** Sends the next pieces. Run by one thread at a time. */
    @Override
    public void run() {
        List<Backlog.Entry> entries = backlog.take(MOST_AT_ONCE);
        if (entries.isEmpty()) {
            Farewell last = farewell;
            if (last != null) {
                session.close(last.code().code(), last.reason(), Callback.NOOP);
            }
            return;
        }
        Callback done = new Written(entries);
        for (int i = 0; i < entries.size(); i++) {
            boolean more = i < entries.size() - 1;
            ByteBuffer payload = ByteBuffer.wrap(entries.get(i).chunk().bytes());
            session.sendFrame(
                    new OutgoingEntry.Builder(new Frame(OpCode.TEXT, true, payload), more ? Callback.NOOP : done)
                            .batch(more)
                            .build());
        }
    }

    /** May be called while {@link #run} is under way, and by any thread. */
    private final class Written implements Callback {
        private final List<Backlog.Entry> entries;

        Written(List<Backlog.Entry> entries) {
            this.entries = entries;
        }

        @Override
        public void succeeded() {
            backlog.written(entries);
            writers.execute(SocketOutbox.this);
        }

        /** The connection is gone; Jetty says so to its handler. */
        @Override
        public void failed(Throwable gone) {
            backlog.discard();
        }

        @Override
        public InvocationType getInvocationType() {
            return InvocationType.NON_BLOCKING;
        }
    }
}

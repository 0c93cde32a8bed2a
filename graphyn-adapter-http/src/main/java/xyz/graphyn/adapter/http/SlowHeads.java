package xyz.graphyn.adapter.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connector that closes connections on which a request's head takes too long to come. Jetty's idle timeout starts anew
 * with every byte, so a client that sends one byte a second would hold a connection for as long as it likes.
 */
final class SlowHeads extends ServerConnector {
    private static final long SWEEP_MILLIS = 500;

    private final long timeoutNanos;

    SlowHeads(Server server, HttpConnectionFactory http, Duration timeout) {
        super(server, http);
        this.timeoutNanos = timeout.toNanos();
    }

    /** To be called for every request as soon as Jetty has read its head. */
    static void headWasRead(Request request) {
        if (endPoint(request) instanceof Watched watched) {
            watched.headWasRead();
            Request.addCompletionListener(request, failure -> watched.awaitHead());
        }
    }

    /** To be called for a request after which the connection serves no others: what comes then is no head. */
    static void noMoreHeads(Request request) {
        if (endPoint(request) instanceof Watched watched) {
            watched.noMoreHeads();
        }
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key)
            throws IOException {
        SocketChannelEndPoint endPoint = new Watched(channel, selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        sweepLater();
    }

    private void sweepLater() {
        getScheduler().schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        if (!isRunning()) {
            return;
        }
        long now = System.nanoTime();
        for (EndPoint endPoint : getConnectedEndPoints()) {
            if (endPoint instanceof Watched watched && watched.headTakesLonger(now, timeoutNanos)) {
                watched.close();
            }
        }
        sweepLater();
    }

    private static EndPoint endPoint(Request request) {
        return request.getConnectionMetaData().getConnection().getEndPoint();
    }

    /** Notes when the first byte of a head came. */
    private static final class Watched extends SocketChannelEndPoint {
        private boolean inRequest;
        private boolean begun;
        private long begunAt;
        private boolean done;

        Watched(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        @Override
        public int fill(ByteBuffer buffer) throws IOException {
            int filled = super.fill(buffer);
            if (filled > 0) {
                bytesCame();
            }
            return filled;
        }

        private synchronized void bytesCame() {
            if (!inRequest && !begun) {
                begun = true;
                begunAt = System.nanoTime();
            }
        }

        private synchronized void headWasRead() {
            inRequest = true;
            begun = false;
        }

        private synchronized void awaitHead() {
            inRequest = done;
        }

        private synchronized void noMoreHeads() {
            done = true;
            inRequest = true;
            begun = false;
        }

        private synchronized boolean headTakesLonger(long now, long nanos) {
            return begun && now - begunAt > nanos;
        }
    }
}

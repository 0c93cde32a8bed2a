package xyz.graphyn.adapter.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/**
 * Takes in what still comes of a body that was answered unread, and forgets it. Were the connection closed at once, the
 * operating system would answer the rest of the body with a reset, upon which many clients lose the answer (RFC 9112,
 * section 9.6). It is bounded, since nobody has to be let send for as long as they like.
 */
final class Lingering {
    /** Long enough for the rest of a body that is on its way. */
    static final Duration TIME = Duration.ofSeconds(2);

    private static final int MAX_BYTES = 64 * 1_024 * 1_024;

    private final Duration time;

    /** @param time for which the rest of a body is taken in, and the longest pause within it; 1 ms or more */
    Lingering(Duration time) {
        this.time = time;
    }

    /** To be called after the answer was sent. */
    void on(HttpServletRequest request) {
        if (request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null) {
            return; // without a body, as most are: the stream does not call itself finished before someone reads it
        }
        try {
            boolean waitsToBeAskedForIt = request.getHeader("Expect") != null;
            if (!waitsToBeAskedForIt && !request.getInputStream().isFinished()) {
                forgetTheRest(request);
            }
        } catch (IOException gone) {
            // The client has read the answer and left, or does not send any more: both is well.
        }
    }

    private void forgetTheRest(HttpServletRequest request) throws IOException {
        EndPoint endPoint = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        long idleTimeout = endPoint.getIdleTimeout();
        endPoint.setIdleTimeout(time.toMillis());
        try {
            forget(request.getInputStream());
        } finally {
            endPoint.setIdleTimeout(idleTimeout); // the connection may serve further requests
        }
    }

    private void forget(InputStream in) throws IOException {
        long startedAt = System.nanoTime();
        byte[] forgotten = new byte[16 * 1_024];
        long bytes = 0;
        for (int read = in.read(forgotten); read >= 0 && bytes < MAX_BYTES; read = in.read(forgotten)) {
            bytes += read;
            if (System.nanoTime() - startedAt > time.toNanos()) {
                return;
            }
        }
    }
}

package xyz.graphyn.adapter.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * Takes in what still comes of a body that was answered unread, and forgets it. Were the connection closed at once, the
 * operating system would answer the rest of the body with a reset, upon which many clients lose the answer (RFC 9112,
 * section 9.6). It is bounded, since nobody has to be let send for as long as they like.
 */
final class Lingering {
    private static final Duration TIME = Duration.ofSeconds(2);
    private static final int MAX_BYTES = 64 * 1_024 * 1_024;

    private Lingering() {}

    /** To be called after the answer was sent. */
    static void on(HttpServletRequest request) {
        try {
            boolean waitsToBeAskedForIt = request.getHeader("Expect") != null;
            if (!waitsToBeAskedForIt && !request.getInputStream().isFinished()) {
                forgetTheRest(request);
            }
        } catch (IOException gone) {
            // The client has read the answer and left, or does not send any more: both is well.
        }
    }

    private static void forgetTheRest(HttpServletRequest request) throws IOException {
        ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .setIdleTimeout(TIME.toMillis());
        long startedAt = System.nanoTime();
        InputStream in = request.getInputStream();
        byte[] forgotten = new byte[16 * 1_024];
        long bytes = 0;
        for (int read = in.read(forgotten); read >= 0 && bytes < MAX_BYTES; read = in.read(forgotten)) {
            bytes += read;
            if (System.nanoTime() - startedAt > TIME.toNanos()) {
                return;
            }
        }
    }
}

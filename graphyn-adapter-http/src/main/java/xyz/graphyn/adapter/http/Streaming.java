package xyz.graphyn.adapter.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.adapter.http.endpoint.StreamedBody;

/** Writes bodies that come bit by bit, on the thread of their request. */
final class Streaming {
    private static final Logger LOG = LoggerFactory.getLogger(Streaming.class);

    /** What is larger goes to the socket as it is; a stream holds no more than this while it is idle. */
    private static final int BUFFER_BYTES = 4 * 1_024;

    private Streaming() {}

    static void write(StreamedBody body, HttpServletRequest request, HttpServletResponse response) {
        EndPoint endPoint = ServletContextRequest.getServletContextRequest(request)
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        long idleTimeout = endPoint.getIdleTimeout();
        try (body) {
            endPoint.setIdleTimeout(0); // the body itself sees to it that something is written, and read
            if (request.getMethod().equals("HEAD")) {
                response.flushBuffer();
            } else {
                response.setBufferSize(BUFFER_BYTES);
                body.writeTo(new ToSocket(response.getOutputStream(), endPoint));
            }
            response.getOutputStream().close();
        } catch (IOException gone) {
            LOG.debug("The client of a stream has left", gone);
        } finally {
            endPoint.setIdleTimeout(idleTimeout); // the connection may serve further requests
        }
    }

    private record ToSocket(OutputStream out, EndPoint endPoint) implements StreamedBody.Pipe {
        @Override
        public void write(byte[] bytes) throws IOException {
            out.write(bytes);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void abort() {
            endPoint.close();
        }
    }
}

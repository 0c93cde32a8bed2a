package xyz.graphyn.adapter.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.adapter.http.problem.ProblemWriter;

/**
 * Jetty's own errors as problems: what is no HTTP, headers too large, a server that is closing. No request of ours exists
 * then, so nothing of what came is repeated.
 */
final class ServerErrors extends ErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ServerErrors.class);

    /** As long as it may take until another server is asked, or this one is back. */
    private static final long RETRY_AFTER_SECONDS = 5;

    private final RequestIds requestIds;
    private final SecurityHeaders securityHeaders;

    ServerErrors(RequestIds requestIds, SecurityHeaders securityHeaders) {
        this.requestIds = requestIds;
        this.securityHeaders = securityHeaders;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        if (request.getAttribute(ERROR_EXCEPTION) instanceof HttpException http) {
            status = http.getCode();
        }
        ProblemType type = ProblemType.ofStatus(status);
        String requestId = requestIds.of(request.getHeaders().get(RequestIds.HEADER));
        MDC.put(RequestLog.REQUEST_ID, requestId);
        try {
            answer(type, requestId, request, response, callback);
        } finally {
            MDC.remove(RequestLog.REQUEST_ID);
        }
        return true;
    }

    private void answer(ProblemType type, String requestId, Request request, Response response, Callback callback) {
        if (type == ProblemType.INTERNAL) {
            LOG.error("The server failed", (Throwable) request.getAttribute(ERROR_EXCEPTION));
        }
        byte[] body = ProblemWriter.write(Problem.of(type, type.title() + "."), null, requestId);
        response.setStatus(type.status());
        securityHeaders.all().forEach(response.getHeaders()::put);
        response.getHeaders().put(RequestIds.HEADER, requestId);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemWriter.MEDIA_TYPE);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        if (type == ProblemType.UNAVAILABLE) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        RequestLog.served(request.getMethod(), null, type.status(), body.length, request.getBeginNanoTime(), null);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}

package xyz.graphyn.adapter.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.Handshaker;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.Endpoints;
import xyz.graphyn.adapter.http.endpoint.SocketHandler;
import xyz.graphyn.adapter.http.identity.BearerToken;
import xyz.graphyn.adapter.http.origin.AllowedOrigins;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.adapter.http.problem.ProblemWriter;
import xyz.graphyn.adapter.http.problem.Problems;
import xyz.graphyn.domain.access.Principal;

/**
 * Changes connections to WebSocket, by Jetty's core API: what is written through the one above it can't be gathered, and
 * through a servlet the connection would keep the whole request.
 *
 * <p>Compression is never agreed upon: it would take memory for each connection, compress the same bytes once for each
 * client, and tell by the length of a frame what secrets are in it beside what an attacker has put there.
 */
final class Upgrades {
    /** A frame is gathered with others up to this size, and larger ones go as they are; held while it is written only. */
    private static final int OUTPUT_BUFFER_BYTES = 32 * 1_024;

    /** Messages of clients are short; held while they are read only. */
    private static final int INPUT_BUFFER_BYTES = 2 * 1_024;

    private final Map<String, SocketHandler> sockets;
    private final Authentication authentication;
    private final RequestIds requestIds;
    private final SecurityHeaders securityHeaders;
    private final AllowedOrigins origins;
    private final Handshaker handshaker = Handshaker.newInstance();

    Upgrades(
            Endpoints endpoints,
            Authentication authentication,
            RequestIds requestIds,
            SecurityHeaders securityHeaders,
            AllowedOrigins origins) {
        this.sockets = endpoints.all().stream()
                .filter(endpoint -> endpoint.sockets().isPresent())
                .collect(Collectors.toUnmodifiableMap(
                        Endpoint::path, endpoint -> endpoint.sockets().orElseThrow()));
        this.authentication = authentication;
        this.requestIds = requestIds;
        this.securityHeaders = securityHeaders;
        this.origins = origins;
    }

    /** Whether a request wants to speak WebSocket, here or elsewhere. */
    static boolean isAskedFor(Request request) {
        return request.getHeaders().contains(HttpHeader.SEC_WEBSOCKET_VERSION)
                || request.getHeaders().contains(HttpHeader.UPGRADE);
    }

    /**
     * @return false if the request is not for an endpoint that can be upgraded, or asks for it in another way than it is done;
     *     then nothing was answered
     */
    boolean serve(Request request, Response response, WebSocketComponents components, Callback callback) {
        SocketHandler handler = sockets.get(Request.getPathInContext(request));
        if (handler == null || !request.getMethod().equals("GET") || !handshaker.isWebSocketUpgradeRequest(request)) {
            return false;
        }
        String requestId = requestIds.of(request.getHeaders().get(RequestIds.HEADER));
        MDC.put(RequestLog.REQUEST_ID, requestId);
        try {
            return upgrade(handler, requestId, request, response, components, callback);
        } finally {
            MDC.remove(RequestLog.REQUEST_ID);
        }
    }

    private boolean upgrade(
            SocketHandler handler,
            String requestId,
            Request request,
            Response response,
            WebSocketComponents components,
            Callback callback) {
        Problem problem;
        try {
            Principal principal = check(request);
            response.getHeaders().put(RequestIds.HEADER, requestId);
            boolean upgraded = handshaker.upgradeRequest(
                    new Opening(handler, principal, requestId), request, response, callback, components, null);
            if (upgraded) {
                SlowHeads.noMoreHeads(request);
                log(request, 101, 0, principal);
            }
            return upgraded;
        } catch (RuntimeException thrown) {
            Optional<Problem> known = Problems.of(thrown);
            if (known.isEmpty()) {
                throw thrown; // Jetty's own refusals of a bad handshake among them, which it answers itself
            }
            problem = known.get();
        }
        refuse(problem, requestId, request, response, callback);
        return true;
    }

    /** @return who sent a token; null if none was sent */
    private @Nullable Principal check(Request request) {
        HttpFields headers = request.getHeaders();
        if (!origins.mayStream(headers.get(HttpHeader.ORIGIN), headers.get(HttpHeader.HOST))) {
            throw Problem.of(ProblemType.NOT_ALLOWED, "Pages of this origin may not stream.")
                    .thrown();
        }
        List<Mistake> mistakes = new ArrayList<>();
        QueryString.parse(request.getHttpURI().getQuery(), mistakes::add).refuseOthers(List.of(), mistakes::add);
        if (!mistakes.isEmpty()) {
            throw Problem.validation(mistakes).thrown();
        }
        List<String> tokens = headers.getFields(HttpHeader.AUTHORIZATION).stream()
                .map(HttpField::getValue)
                .toList();
        return tokens.isEmpty() ? null : authentication.authenticate(BearerToken.in(tokens));
    }

    private void refuse(Problem problem, String requestId, Request request, Response response, Callback callback) {
        byte[] body = ProblemWriter.write(problem, Request.getPathInContext(request), requestId);
        HttpFields.Mutable headers = response.getHeaders();
        response.setStatus(problem.type().status());
        securityHeaders.all().forEach(headers::put);
        origins.headers(request.getHeaders().get(HttpHeader.ORIGIN)).forEach(headers::put);
        problem.headers().forEach(headers::put);
        headers.put(RequestIds.HEADER, requestId);
        headers.put(HttpHeader.CONTENT_TYPE, ProblemWriter.MEDIA_TYPE);
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        log(request, problem.type().status(), body.length, null);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private static void log(Request request, int status, long bytes, @Nullable Principal principal) {
        RequestLog.served(
                request.getMethod(),
                Request.getPathInContext(request),
                status,
                bytes,
                request.getBeginNanoTime(),
                principal);
    }

    /** Agrees to one connection, once its handshake was found good. */
    private record Opening(SocketHandler handler, @Nullable Principal principal, String requestId)
            implements WebSocketNegotiator {
        @Override
        public FrameHandler negotiate(ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
            response.setExtensions(List.of());
            return handler.open(principal, requestId);
        }

        /** Frames of any length are taken in parts, so that it is the handler who says what is too long. */
        @Override
        public void customize(Configuration session) {
            session.setIdleTimeout(Duration.ZERO); // the handler pings
            session.setAutoFragment(true);
            session.setMaxFrameSize(-1);
            session.setInputBufferSize(INPUT_BUFFER_BYTES);
            session.setOutputBufferSize(OUTPUT_BUFFER_BYTES);
        }
    }
}

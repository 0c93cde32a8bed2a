package xyz.graphyn.adapter.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.QuotedQualityCSV;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import xyz.graphyn.adapter.http.endpoint.Answer;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.PathId;
import xyz.graphyn.adapter.http.endpoint.Permission;
import xyz.graphyn.adapter.http.endpoint.QueryParameter;
import xyz.graphyn.adapter.http.endpoint.Received;
import xyz.graphyn.adapter.http.endpoint.Reply;
import xyz.graphyn.adapter.http.endpoint.Request;
import xyz.graphyn.adapter.http.identity.BearerToken;
import xyz.graphyn.adapter.http.json.Uuids;
import xyz.graphyn.adapter.http.origin.AllowedOrigins;
import xyz.graphyn.adapter.http.paging.Cursors;
import xyz.graphyn.adapter.http.paging.Pagination;
import xyz.graphyn.adapter.http.problem.Mistake;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.adapter.http.problem.ProblemWriter;
import xyz.graphyn.adapter.http.problem.Problems;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.ManageAgents;
import xyz.graphyn.domain.access.Principal;

/**
 * The way of every request: who calls, then what is asked, then the body, then the handler. Whatever goes wrong on it,
 * there is one answer, with the request's id, and one line in the log.
 */
final class Pipeline {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final Authentication authentication;
    private final RequestIds requestIds;
    private final SecurityHeaders securityHeaders;
    private final AllowedOrigins origins;
    private final Cursors cursors;
    private final BodyReader bodies;
    private final BodyMemory bodyMemory;
    private final IdempotencyKeys idempotencyKeys;
    private final Lingering lingering;

    Pipeline(
            Authentication authentication,
            RequestIds requestIds,
            SecurityHeaders securityHeaders,
            AllowedOrigins origins,
            Cursors cursors,
            BodyReader bodies,
            BodyMemory bodyMemory,
            IdempotencyKeys idempotencyKeys,
            Lingering lingering) {
        this.authentication = authentication;
        this.requestIds = requestIds;
        this.securityHeaders = securityHeaders;
        this.origins = origins;
        this.cursors = cursors;
        this.bodies = bodies;
        this.bodyMemory = bodyMemory;
        this.idempotencyKeys = idempotencyKeys;
        this.lingering = lingering;
    }

    /** @param pathParameters the parts of the path that the endpoint's template leaves open, decoded */
    void serve(
            Endpoint endpoint,
            Map<String, String> pathParameters,
            HttpServletRequest http,
            HttpServletResponse response) {
        serve(endpoint.path(), http, response, exchange -> answer(endpoint, pathParameters, exchange));
    }

    /**
     * Serves what is no endpoint's.
     *
     * @param route the template that fits; null if none does
     */
    void serve(@Nullable String route, HttpServletRequest http, HttpServletResponse response, Step step) {
        long startedNanos = System.nanoTime();
        Exchange exchange = new Exchange(http, requestIds.of(http.getHeader(RequestIds.HEADER)));
        MDC.put(RequestLog.REQUEST_ID, exchange.requestId);
        try {
            Answer answer = answerAnyway(exchange, step);
            write(answer, exchange, response);
            RequestLog.served(
                    http.getMethod(), route, answer.status(), answer.body().length, startedNanos, exchange.principal);
            if (answer.streamed().isPresent()) {
                Streaming.write(answer.streamed().get(), http, response);
            }
            lingering.on(http);
        } finally {
            MDC.remove(RequestLog.REQUEST_ID);
        }
    }

    /** One way of answering. */
    @FunctionalInterface
    interface Step {
        Answer answer(Exchange exchange);
    }

    /** One request while it is being answered. */
    final class Exchange {
        private final HttpServletRequest http;
        private final String requestId;
        private final BodyMemory.Lease memory = bodyMemory.lease();
        private @Nullable Principal principal;

        private Exchange(HttpServletRequest http, String requestId) {
            this.http = http;
            this.requestId = requestId;
        }
    }

    private Answer answerAnyway(Exchange exchange, Step step) {
        try {
            return step.answer(exchange);
        } catch (Throwable thrown) { // Errors too: a deep recursion of one request is no reason to leave it unanswered
            Problem problem = Problems.of(thrown).orElseGet(() -> {
                LOG.error("A request failed", thrown);
                return Problems.FAULT;
            });
            return toAnswer(problem, exchange);
        } finally {
            exchange.memory.close();
        }
    }

    private static Answer toAnswer(Problem problem, Exchange exchange) {
        byte[] body = ProblemWriter.write(problem, exchange.http.getRequestURI(), exchange.requestId);
        Answer answer = Answer.of(problem.type().status(), ProblemWriter.MEDIA_TYPE, body);
        for (Map.Entry<String, String> header : problem.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }

    private Answer answer(Endpoint endpoint, Map<String, String> pathParameters, Exchange exchange) {
        checkOrigin(endpoint, exchange.http);
        Caller caller = caller(endpoint.permission(), exchange);
        negotiate(endpoint, exchange.http.getHeader("Accept"));
        Map<PathId, UUID> ids = ids(endpoint, pathParameters);
        Request request = request(endpoint, caller, ids, exchange.http);
        Received body = endpoint.body().isPresent() ? bodies.receive(endpoint, exchange.http, exchange.memory) : null;
        return notModified(exchange.http, idempotencyKeys.answer(endpoint, request, exchange.http, body));
    }

    private void checkOrigin(Endpoint endpoint, HttpServletRequest http) {
        if (endpoint.ownOriginsOnly() && !origins.mayStream(http.getHeader("Origin"), http.getHeader("Host"))) {
            throw Problem.of(ProblemType.NOT_ALLOWED, "Pages of this origin may not stream.")
                    .thrown();
        }
    }

    /** Answers what browsers ask before a request from a page of another origin. It takes no token. */
    void serveOptions(String path, String methods, HttpServletRequest http, HttpServletResponse response) {
        serve(path, http, response, exchange -> {
            Answer answer = Answer.noContent().with("Allow", methods);
            for (Map.Entry<String, String> header :
                    origins.preflight(http.getHeader("Origin"), methods).entrySet()) {
                answer = answer.with(header.getKey(), header.getValue());
            }
            return answer;
        });
    }

    private @Nullable Caller caller(Permission permission, Exchange exchange) {
        if (permission instanceof Permission.Open) {
            return null;
        }
        Principal principal = authentication.authenticate(
                BearerToken.in(Collections.list(exchange.http.getHeaders("Authorization"))));
        exchange.principal = principal;
        if (permission instanceof Permission.CreateAgents) {
            ManageAgents.checkMayCreate(principal); // the use case asks too, but only once the body was read
        }
        return new Caller(principal, exchange.requestId);
    }

    private static void negotiate(Endpoint endpoint, @Nullable String accept) {
        if (accept == null || accept.equals("*/*") || accept.isBlank() || isTypeOf(endpoint, accept)) {
            return;
        }
        QuotedQualityCSV ranges = new QuotedQualityCSV();
        ranges.addValue(accept);
        boolean acceptable = endpoint.replies().stream()
                .anyMatch(reply -> reply.mediaType() == null
                        || ranges.getValues().stream().anyMatch(range -> covers(bare(range), bare(reply.mediaType()))));
        if (!acceptable) {
            String type = endpoint.replies().getFirst().mediaType();
            throw Problem.of(ProblemType.NOT_ACCEPTABLE, "The answer is of type " + type + ".")
                    .thrown();
        }
    }

    /** Whether it is just the type of one of the answers, as most clients write it. */
    private static boolean isTypeOf(Endpoint endpoint, String accept) {
        for (Reply reply : endpoint.replies()) {
            if (accept.equals(reply.mediaType())) {
                return true;
            }
        }
        return false;
    }

    private static boolean covers(String range, String type) {
        return range.equals("*/*")
                || range.equals(type)
                || (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1)));
    }

    /** A media type without its parameters. */
    private static String bare(String mediaType) {
        return mediaType.replaceFirst(";.*", "").trim().toLowerCase(Locale.ROOT);
    }

    private static Map<PathId, UUID> ids(Endpoint endpoint, Map<String, String> pathParameters) {
        Map<PathId, UUID> ids = new HashMap<>();
        for (PathId id : endpoint.ids()) {
            UUID value = Uuids.parse(pathParameters.getOrDefault(id.name(), ""));
            if (value == null) {
                throw new Refusal.NotFound(id.what());
            }
            ids.put(id, value);
        }
        return ids;
    }

    private Request request(
            Endpoint endpoint, @Nullable Caller caller, Map<PathId, UUID> ids, HttpServletRequest http) {
        List<Mistake> mistakes = new ArrayList<>();
        QueryString query = QueryString.parse(http.getQueryString(), mistakes::add);
        query.refuseOthers(endpoint.query(), mistakes::add);
        Map<QueryParameter<?>, Object> values = new HashMap<>();
        for (QueryParameter<?> parameter : endpoint.query()) {
            Object value = query.read(parameter, mistakes::add);
            if (value != null) {
                values.put(parameter, value);
            }
        }
        for (QueryParameter<?> header : endpoint.headers()) {
            List<String> given = Collections.list(http.getHeaders(header.name())).stream()
                    .filter(value -> !value.isEmpty())
                    .toList();
            Object value = header.read(
                    given,
                    mistake -> mistakes.add(Mistake.inHeader(mistake.name(), mistake.code(), mistake.message())));
            if (value != null) {
                values.put(header, value);
            }
        }
        if (!mistakes.isEmpty()) {
            throw Problem.validation(mistakes).thrown();
        }
        Request unpaged = new Request(caller, ids, values, null);
        return endpoint.paged() ? unpaged.in(pagination(endpoint, unpaged, query, http)) : unpaged;
    }

    private Pagination pagination(Endpoint endpoint, Request request, QueryString query, HttpServletRequest http) {
        List<String> scope = new ArrayList<>(List.of(http.getRequestURI()));
        for (QueryParameter<?> parameter : endpoint.query()) {
            if (parameter != Endpoint.LIMIT && parameter != Endpoint.CURSOR) {
                scope.add(parameter.name());
                scope.add(String.join("\0", new TreeSet<>(query.of(parameter))));
            }
        }
        return Pagination.of(
                cursors,
                request.caller().organization(),
                scope,
                request.query(Endpoint.LIMIT),
                request.query(Endpoint.CURSOR));
    }

    private static Answer notModified(HttpServletRequest http, Answer answer) {
        String tag = answer.headers().get("ETag");
        return tag != null && tag.equals(http.getHeader("If-None-Match"))
                ? Answer.empty(304).with("ETag", tag)
                : answer;
    }

    private void write(Answer answer, Exchange exchange, HttpServletResponse response) {
        response.setStatus(answer.status());
        HttpFields.Mutable headers =
                ServletContextResponse.getServletContextResponse(response).getHeaders();
        securityHeaders.all().forEach(headers::put);
        headers.put(RequestIds.HEADER, exchange.requestId);
        origins.headers(exchange.http.getHeader("Origin")).forEach(response::setHeader);
        response.setContentType(answer.mediaType().orElse(null));
        answer.headers().forEach(response::setHeader);
        if (answer.streamed().isPresent()) {
            return;
        }
        try {
            if (answer.mediaType().isPresent()) {
                response.setContentLength(answer.body().length);
                response.getOutputStream().write(answer.body());
            }
            response.getOutputStream().close();
        } catch (IOException gone) {
            LOG.debug("The client left before its answer was written", gone);
        }
    }
}

package xyz.graphyn.adapter.http;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.EndpointNotFound;
import java.net.BindException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.Endpoints;
import xyz.graphyn.adapter.http.openapi.DocsRoutes;
import xyz.graphyn.adapter.http.openapi.OpenApiDocument;
import xyz.graphyn.adapter.http.origin.AllowedOrigins;
import xyz.graphyn.adapter.http.paging.Cursors;
import xyz.graphyn.adapter.http.problem.Problem;
import xyz.graphyn.adapter.http.problem.ProblemType;
import xyz.graphyn.adapter.http.stream.LiveClients;
import xyz.graphyn.adapter.http.stream.StreamConfiguration;
import xyz.graphyn.application.idempotency.IdempotentRequests;
import xyz.graphyn.application.identifier.IdGenerator;

/** The API on a port. It can be started once. */
public final class HttpServer implements AutoCloseable {
    private final Javalin javalin;
    private final LiveClients clients;
    private final Duration grace;

    private HttpServer(Javalin javalin, LiveClients clients, Duration grace) {
        this.javalin = javalin;
        this.clients = clients;
        this.grace = grace;
    }

    /**
     * Serves nothing until it is started.
     *
     * @param clock says when tokens end
     */
    public static HttpServer of(
            HttpConfiguration configuration,
            Features features,
            Authentication authentication,
            IdempotentRequests idempotentRequests,
            IdGenerator ids,
            InstantSource clock) {
        LiveClients clients = clients(features, authentication, clock, configuration.streams());
        Endpoints endpoints = withReference(
                configuration.version(),
                configuration.publicUrl(),
                configuration.limits(),
                features.endpoints(configuration.version(), clients));
        return of(
                configuration,
                endpoints,
                clients,
                authentication,
                idempotentRequests,
                ids,
                new Lingering(Lingering.TIME));
    }

    static LiveClients clients(
            Features features, Authentication authentication, InstantSource clock, StreamConfiguration configuration) {
        return new LiveClients(
                features.streams(), authentication::authenticate, features.failures(), clock, configuration);
    }

    /**
     * The API as OpenAPI 3.1, what {@code /openapi.json} answers, without a server.
     *
     * @param publicUrl where the API is; null for where the document is
     * @return UTF-8
     */
    public static byte[] openApi(String version, @Nullable URI publicUrl, HttpConfiguration.Limits limits) {
        Features features = Unconnected.features();
        LiveClients nobody = clients(
                features,
                Unconnected.port(Authentication.class),
                Unconnected.port(InstantSource.class),
                StreamConfiguration.DEFAULT);
        return openApi(
                version,
                publicUrl,
                limits,
                withReference(version, publicUrl, limits, features.endpoints(version, nobody)));
    }

    /** The reference is part of the table that it describes. */
    static Endpoints withReference(
            String version, @Nullable URI publicUrl, HttpConfiguration.Limits limits, List<Endpoint> features) {
        List<Endpoint> all = new ArrayList<>(features);
        all.addAll(new DocsRoutes(() -> openApi(version, publicUrl, limits, new Endpoints(all))).endpoints());
        return new Endpoints(all);
    }

    private static byte[] openApi(
            String version, @Nullable URI publicUrl, HttpConfiguration.Limits limits, Endpoints endpoints) {
        return OpenApiDocument.write(version, publicUrl, endpoints.all(), new BodyReader(limits)::maxBytes);
    }

    static HttpServer of(
            HttpConfiguration configuration,
            Endpoints endpoints,
            LiveClients clients,
            Authentication authentication,
            IdempotentRequests idempotentRequests,
            IdGenerator ids,
            Lingering lingering) {
        RequestIds requestIds = new RequestIds(ids);
        SecurityHeaders securityHeaders = new SecurityHeaders(configuration.publicUrl());
        AllowedOrigins origins = new AllowedOrigins(configuration.allowedOrigins(), configuration.publicUrl());
        Pipeline pipeline = new Pipeline(
                authentication,
                requestIds,
                securityHeaders,
                origins,
                new Cursors(configuration.cursorKey()),
                new BodyReader(configuration.limits()),
                new BodyMemory(configuration.limits().bodyMemoryBytes()),
                new IdempotencyKeys(idempotentRequests),
                lingering);
        ServerErrors errors = new ServerErrors(requestIds, securityHeaders);
        Upgrades upgrades = new Upgrades(endpoints, authentication, requestIds, securityHeaders, origins);
        Javalin javalin = Javalin.create(config -> {
            quiet(config);
            route(config, endpoints, pipeline);
            serve(config, configuration, errors, new FrontDoor(upgrades));
        });
        return new HttpServer(javalin, clients, configuration.limits().shutdownGrace());
    }

    /**
     * Listens from the moment that it returns.
     *
     * @throws BindException if the address is taken or not ours
     */
    public void start() throws BindException {
        clients.start();
        try {
            javalin.start();
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof BindException bind) {
                    throw bind;
                }
            }
            throw e;
        }
    }

    /** The port that it listens on, also where the configuration left the choice open. */
    public int port() {
        return javalin.port();
    }

    /**
     * Tells those who are streamed to that they should come back elsewhere; accepts nothing any more, lets the requests under
     * way finish within the configured grace, and closes. Idempotent.
     */
    @Override
    public void close() {
        clients.close(grace);
        javalin.stop();
    }

    private static void quiet(JavalinConfig javalin) {
        javalin.startup.showJavalinBanner = false;
        javalin.startup.showOldJavalinVersionWarning = false;
        javalin.startup.startupWatcherEnabled = false;
        javalin.http.compressionStrategy = CompressionStrategy.NONE;
        javalin.router.ignoreTrailingSlashes = false;
    }

    private static void route(JavalinConfig javalin, Endpoints endpoints, Pipeline pipeline) {
        Map<String, Set<String>> methods = endpoints.methodsByPath();
        for (String path : methods.keySet()) {
            for (Endpoint endpoint : endpoints.all()) {
                if (endpoint.path().equals(path)) {
                    HandlerType method =
                            HandlerType.findOrDefault(endpoint.method().name());
                    route(javalin, method, endpoint, pipeline);
                    if (method.equals(HandlerType.GET)) {
                        route(javalin, HandlerType.HEAD, endpoint, pipeline);
                    }
                }
            }
            String allow = String.join(", ", methods.getOrDefault(path, Set.of()));
            javalin.routes.addHttpHandler(
                    HandlerType.OPTIONS,
                    path,
                    context -> pipeline.serveOptions(path, allow, context.req(), context.res()));
        }
        AllowedMethods allowed = new AllowedMethods(methods);
        javalin.routes.exception(
                EndpointNotFound.class,
                (notFound, context) -> pipeline.serve(null, context.req(), context.res(), exchange -> {
                    throw notRouted(context, allowed);
                }));
    }

    private static void route(JavalinConfig javalin, HandlerType method, Endpoint endpoint, Pipeline pipeline) {
        javalin.routes.addHttpHandler(
                method,
                endpoint.path(),
                context -> pipeline.serve(endpoint, context.pathParamMap(), context.req(), context.res()));
    }

    private static RuntimeException notRouted(Context context, AllowedMethods allowed) {
        return allowed.at(context.path())
                .map(methods -> Problem.of(ProblemType.METHOD_NOT_ALLOWED, "Only " + methods + " can be done here.")
                        .with("Allow", methods))
                .orElseGet(() -> Problem.of(ProblemType.NOT_FOUND, "There is nothing at this path."))
                .thrown();
    }

    private static void serve(
            JavalinConfig javalin, HttpConfiguration configuration, ServerErrors errors, FrontDoor door) {
        HttpConfiguration.Limits limits = configuration.limits();
        QueuedThreadPool threads = new QueuedThreadPool();
        threads.setName("http");
        threads.setVirtualThreadsExecutor(new VirtualThreadPool(limits.connections()));
        javalin.jetty.threadPool = threads;
        javalin.jetty.modifyServer(server -> {
            server.setErrorHandler(errors);
            server.setStopTimeout(limits.shutdownGrace().toMillis());
            server.insertHandler(new GracefulHandler());
            server.insertHandler(door);
            WebSocketServerComponents.ensureWebSocketComponents(server);
            server.addBean(new NetworkConnectionLimit(limits.connections(), server));
        });
        javalin.jetty.modifyServletContextHandler(context -> context.setErrorHandler(errors));
        javalin.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendDateHeader(true);
            http.setRequestHeaderSize(limits.headerBytes());
            http.setHttpCompliance(HttpCompliance.STRICT);
            http.setUriCompliance(UriCompliance.RFC3986);
        });
        javalin.jetty.addConnector((server, http) -> connector(server, configuration, new HttpConnectionFactory(http)));
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration configuration, HttpConnectionFactory http) {
        ServerConnector connector =
                new SlowHeads(server, http, configuration.limits().headerTimeout());
        connector.setHost(configuration.host());
        connector.setPort(configuration.port());
        connector.setIdleTimeout(configuration.limits().idleTimeout().toMillis());
        return connector;
    }
}

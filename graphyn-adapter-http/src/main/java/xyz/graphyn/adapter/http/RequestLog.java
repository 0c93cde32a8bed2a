package xyz.graphyn.adapter.http;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import xyz.graphyn.domain.access.Principal;

/**
 * One line for each request: what was asked of which endpoint by whom, never what was in it. Those that went well are told
 * to who wants to know more than usual: at ten thousand a second, writing lines costs as much as serving.
 */
final class RequestLog {
    private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
    /** Under which name the MDC holds the request's id, for every line that is written while it is served. */
    static final String REQUEST_ID = "requestId";

    /** A request that took this long is told of like one that failed. */
    private static final long SLOW_MICROS = 1_000_000;

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private RequestLog() {}

    /**
     * @param route the endpoint's template; null if there is no endpoint, since the path itself may hold anything
     * @param bytes of the answer's body
     */
    static void served(
            String method,
            @Nullable String route,
            int status,
            long bytes,
            long startedNanos,
            @Nullable Principal principal) {
        long micros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - startedNanos);
        Level level = status >= 500 || micros >= SLOW_MICROS ? Level.INFO : Level.DEBUG;
        if (!LOG.isEnabledForLevel(level)) {
            return;
        }
        LoggingEventBuilder line = LOG.atLevel(level)
                .addKeyValue("method", METHODS.contains(method) ? method : "other")
                .addKeyValue("route", route == null ? "none" : route)
                .addKeyValue("status", status)
                .addKeyValue("bytes", bytes)
                .addKeyValue("micros", micros);
        if (principal != null) {
            line = line.addKeyValue("principal", principal.subject())
                    .addKeyValue("organization", principal.organization().toString());
        }
        line.log("Request served");
    }
}

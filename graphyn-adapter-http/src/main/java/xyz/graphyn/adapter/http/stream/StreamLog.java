package xyz.graphyn.adapter.http.stream;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;
import xyz.graphyn.domain.access.Principal;

/** The line at the end of a stream; the one at its beginning is its request's. */
final class StreamLog {
    private static final Logger LOG = LoggerFactory.getLogger(StreamLog.class);
    private static final String REQUEST_ID = "requestId";

    private StreamLog() {}

    /**
     * @param transport {@code websocket} or {@code sse}
     * @param why what ended it, in a word
     * @param principal null if it never said who it was
     */
    static void ended(
            String transport,
            String requestId,
            String why,
            long events,
            long startedNanos,
            @Nullable Principal principal) {
        String before = MDC.get(REQUEST_ID);
        MDC.put(REQUEST_ID, requestId);
        try {
            LoggingEventBuilder line = LOG.atInfo()
                    .addKeyValue("transport", transport)
                    .addKeyValue("why", why)
                    .addKeyValue("events", events)
                    .addKeyValue("millis", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos));
            if (principal != null) {
                line = line.addKeyValue("principal", principal.subject())
                        .addKeyValue("organization", principal.organization().toString());
            }
            line.log("Stream ended");
        } finally {
            if (before == null) {
                MDC.remove(REQUEST_ID);
            } else {
                MDC.put(REQUEST_ID, before);
            }
        }
    }
}

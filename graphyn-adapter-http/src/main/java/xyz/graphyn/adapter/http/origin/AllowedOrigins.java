package xyz.graphyn.adapter.http.origin;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The origins whose pages may read answers and open streams. */
public final class AllowedOrigins {
    private static final String REQUEST_HEADERS = "Authorization, Content-Type, Idempotency-Key, Last-Event-ID";
    private static final String EXPOSED_HEADERS = "Location, Retry-After, X-Request-Id, Graphyn-Masked";

    /** After a change of the list, a browser asks again within this time. */
    private static final String PREFLIGHT_SECONDS = "600";

    private final Set<Origin> listed;
    private final Optional<Origin> own;

    /** @param publicUrl how clients reach the API; null for as it is */
    public AllowedOrigins(Set<Origin> listed, @Nullable URI publicUrl) {
        this.listed = Set.copyOf(listed);
        this.own = Optional.ofNullable(publicUrl).flatMap(Origin::of);
    }

    /**
     * Whether a request with this header may open a stream: browsers let any page open one, and leave it to the server to say
     * whose pages may (RFC 6455, section 10.2).
     *
     * @param header null if there is none, as with clients that are no browsers
     * @param host the request's {@code Host}
     */
    public boolean mayStream(@Nullable String header, @Nullable String host) {
        if (header == null) {
            return true;
        }
        Optional<Origin> origin = Origin.parse(header);
        return origin.isPresent()
                && (listed.contains(origin.get())
                        || origin.equals(own)
                        || (own.isEmpty() && host != null && origin.get().isHost(host)));
    }

    /** What an answer tells the browser; without the origin in it, the page can't read the answer. */
    public Map<String, String> headers(@Nullable String header) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Vary", "Origin");
        if (header != null && isListed(header)) {
            headers.put("Access-Control-Allow-Origin", header);
            headers.put("Access-Control-Expose-Headers", EXPOSED_HEADERS);
        }
        return headers;
    }

    /**
     * What the answer to {@code OPTIONS} tells beside it, when a browser asks before the request itself.
     *
     * @param methods that are there, for a header
     */
    public Map<String, String> preflight(@Nullable String header, String methods) {
        return header != null && isListed(header)
                ? Map.of(
                        "Access-Control-Allow-Methods", methods,
                        "Access-Control-Allow-Headers", REQUEST_HEADERS,
                        "Access-Control-Max-Age", PREFLIGHT_SECONDS)
                : Map.of();
    }

    private boolean isListed(String header) {
        Optional<Origin> origin = Origin.parse(header);
        return origin.isPresent() && (listed.contains(origin.get()) || origin.equals(own));
    }
}

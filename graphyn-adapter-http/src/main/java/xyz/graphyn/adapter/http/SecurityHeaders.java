package xyz.graphyn.adapter.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every answer says to browsers and caches, unless it has a reason to say otherwise. */
final class SecurityHeaders {
    private final Map<String, String> headers = new LinkedHashMap<>();

    SecurityHeaders(@Nullable URI publicUrl) {
        headers.put("Cache-Control", "no-store");
        headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        headers.put("Cross-Origin-Resource-Policy", "same-origin");
        headers.put("Referrer-Policy", "no-referrer");
        headers.put("X-Content-Type-Options", "nosniff");
        if (publicUrl != null && "https".equals(publicUrl.getScheme())) {
            headers.put("Strict-Transport-Security", "max-age=31536000");
        }
    }

    Map<String, String> all() {
        return headers;
    }
}

package xyz.graphyn.adapter.http;

import java.net.URI;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;

/** What every answer says to browsers and caches, unless it has a reason to say otherwise. */
final class SecurityHeaders {
    private final HttpFields headers;

    SecurityHeaders(@Nullable URI publicUrl) {
        HttpFields.Mutable headers = HttpFields.build();
        headers.add(encoded("Cache-Control", "no-store"));
        headers.add(encoded("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"));
        headers.add(encoded("Cross-Origin-Resource-Policy", "same-origin"));
        headers.add(encoded("Referrer-Policy", "no-referrer"));
        headers.add(encoded("X-Content-Type-Options", "nosniff"));
        if (publicUrl != null && "https".equals(publicUrl.getScheme())) {
            headers.add(encoded("Strict-Transport-Security", "max-age=31536000"));
        }
        this.headers = headers.asImmutable();
    }

    HttpFields all() {
        return headers;
    }

    /** Encoded once, not for every answer. */
    private static HttpField encoded(String name, String value) {
        return new PreEncodedHttpField(name, value);
    }
}

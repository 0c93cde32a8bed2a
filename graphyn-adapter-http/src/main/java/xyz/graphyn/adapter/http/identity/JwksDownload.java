package xyz.graphyn.adapter.http.identity;

import com.auth0.jwk.JwksHttpClient;
import com.auth0.jwk.JwksHttpResponse;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches a key set within a time and a size. The library's own client reads any amount, for as long as a byte arrives
 * now and then, and goes wherever it is redirected.
 */
final class JwksDownload implements JwksHttpClient, AutoCloseable {
    /** A hundred keys of 4096 bits, certificates included, fit in. */
    static final int MAX_BYTES = 512 * 1024;

    private final HttpClient client;
    private final Duration timeout;

    JwksDownload(KeySource.Jwks source) {
        this.timeout = source.requestTimeout();
        this.client = HttpClient.newBuilder()
                .connectTimeout(source.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public JwksHttpResponse fetch(URL url) throws IOException {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(url.toURI())
                    .header("Accept", "application/jwk-set+json, application/json")
                    .build();
        } catch (URISyntaxException e) {
            throw new IOException("not a URL that can be fetched", e);
        }
        CompletableFuture<HttpResponse<byte[]>> exchange =
                client.sendAsync(request, response -> new CappedBody(response.statusCode() == 200 ? MAX_BYTES : 0));
        try {
            // The client's own timeout ends with the header; this one covers the body too.
            HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("the answer had status " + response.statusCode());
            }
            return new JwksHttpResponse(new String(response.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            exchange.cancel(true);
            throw new IOException("no whole answer within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}

package xyz.graphyn.adapter.http.identity;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assertions;

/** An issuer's key set behind a real socket, which answers as badly as a test wants. */
final class JwksServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private final Semaphore arrived = new Semaphore(0);
    private volatile HttpHandler handler = exchange -> answer(exchange, 500, "");

    JwksServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            HttpHandler atArrival = handler;
            requests.incrementAndGet();
            arrived.release();
            try (exchange) {
                atArrival.handle(exchange);
            }
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/.well-known/jwks.json");
    }

    void publish(Object... keys) {
        answerWith(200, TestIssuer.json(Map.of("keys", List.of(keys))));
    }

    void answerWith(int status, String body) {
        handler = exchange -> answer(exchange, status, body);
    }

    void handle(HttpHandler handler) {
        this.handler = handler;
    }

    int requests() {
        return requests.get();
    }

    /** Waits until so many more requests have arrived than were waited for before. */
    void awaitRequests(int more) throws InterruptedException {
        Assertions.assertTrue(arrived.tryAcquire(more, 20, TimeUnit.SECONDS), "the key set was not asked for");
    }

    static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package xyz.graphyn.adapter.recall.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import xyz.graphyn.application.access.Refusal;

class RemoteEmbedderTest {
    private HttpServer server;
    private volatile String answer = "";
    private volatile int status = 200;
    private volatile String body = "";
    private volatile String authorization = "";
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean hangs;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/embeddings", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        released.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length + (hangs ? 1 : 0));
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().flush();
        if (hangs) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        exchange.close();
    }

    private RemoteEmbedder embedder(Duration timeout) {
        URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
        return new RemoteEmbedder(base, "some-model", "sk-1", timeout);
    }

    @Test
    void asksAsOpenAisEndpointIsAsked() {
        answer = "{\"data\":[{\"index\":1,\"embedding\":[0,1]},{\"index\":0,\"embedding\":[2,0]}]}";
        try (RemoteEmbedder embedder = embedder(Duration.ofSeconds(10))) {
            List<byte[]> vectors = embedder.embed(List.of("one", "\"two\""));

            assertArrayEquals(Vectors.quantized(new float[] {1, 0}), vectors.get(0));
            assertArrayEquals(Vectors.quantized(new float[] {0, 1}), vectors.get(1));
            assertEquals("Bearer sk-1", authorization);
            assertTrue(body.contains("\"input\":[\"one\",\"\\\"two\\\"\"]"), body);
            assertTrue(body.contains("\"model\":\"some-model\""), body);
            assertTrue(embedder.model().contains("some-model"));
            assertEquals(List.of(), embedder.embed(List.of()));
        }
    }

    @Test
    void refusesWhatIsNoAnswer() {
        try (RemoteEmbedder embedder = embedder(Duration.ofSeconds(10))) {
            for (String wrong : List.of(
                    "",
                    "no JSON",
                    "{}",
                    "{\"data\":[]}",
                    "{\"data\":[{\"index\":0,\"embedding\":[]},{\"index\":1,\"embedding\":[1]}]}",
                    "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[1]}]}",
                    "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":2,\"embedding\":[1]}]}",
                    "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":1,\"embedding\":[1,2]}]}")) {
                answer = wrong;
                assertThrows(Refusal.Unavailable.class, () -> embedder.embed(List.of("a", "b")), wrong);
            }
            status = 500;
            assertThrows(Refusal.Unavailable.class, () -> embedder.embed(List.of("a")));
        }
    }

    @Test
    void waitsNoLongerThanItMay() {
        hangs = true;
        answer = "{\"data\":[";
        try (RemoteEmbedder embedder = embedder(Duration.ofMillis(300))) {
            assertThrows(Refusal.Unavailable.class, () -> embedder.embed(List.of("a")));
        }
    }

    @Test
    void refusesWhileNobodyIsThere() {
        try (RemoteEmbedder embedder = embedder(Duration.ofSeconds(5))) {
            server.stop(0);
            assertThrows(Refusal.Unavailable.class, () -> embedder.embedQuestion("a"));
        }
    }

    @Test
    void isConfiguredWithAnAddressThatCanBeOne() {
        Duration second = Duration.ofSeconds(1);
        for (String wrong : List.of("ftp://host", "http:///x", "https://u:p@host", "https://host?q=1", "host")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> EmbedderConfiguration.remote(URI.create(wrong), "m", null, second),
                    wrong);
        }
        EmbedderConfiguration configuration =
                EmbedderConfiguration.remote(URI.create("https://host/v1"), "m", "sk-secret", second);
        assertFalse(configuration.toString().contains("sk-secret"));
    }
}

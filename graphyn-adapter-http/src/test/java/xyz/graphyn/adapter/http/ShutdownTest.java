package xyz.graphyn.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import xyz.graphyn.adapter.http.stream.StreamConfiguration;

class ShutdownTest {
    @Test
    void letsRequestsUnderWayFinishAndAcceptsNoOthers() {
        TestEndpoints endpoints = new TestEndpoints();
        TestApi api = new TestApi(endpoints.all());
        int port = api.server().port();
        CompletableFuture<TestApi.Reply> slow = CompletableFuture.supplyAsync(() -> api.get("/slow"));
        endpoints.awaitSlow();
        CompletableFuture<Void> closed = CompletableFuture.runAsync(api.server()::close);
        awaitRefusal(port);
        endpoints.letSlowLeave();
        assertEquals(200, slow.join().status());
        closed.join();
        api.close();
    }

    @Test
    void closesQuicklyWhenConnectionsAreOnlyIdle() {
        TestApi api = new TestApi(new TestEndpoints().all());
        assertEquals(200, api.get("/open").status());
        long before = System.nanoTime();
        api.server().close();
        assertTrue(
                Duration.ofNanos(System.nanoTime() - before).compareTo(Duration.ofSeconds(3)) < 0,
                "an idle connection is no request under way");
        api.server().close();
        api.close();
    }

    @Test
    void saysThatTheAddressIsTaken() {
        try (TestApi api = new TestApi(List.of())) {
            HttpServer second = TestApi.server(
                    TestApi.configuration(api.server().port(), TestApi.LIMITS, StreamConfiguration.DEFAULT), List.of());
            assertThrows(BindException.class, second::start);
            second.close();
        }
    }

    private static void awaitRefusal(int port) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < end) {
            try {
                new RawSocket(port).close();
            } catch (UncheckedIOException refused) {
                return;
            }
        }
        throw new AssertionError("The server still accepts");
    }
}

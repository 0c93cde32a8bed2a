package xyz.graphyn.bootstrap.importer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.bootstrap.importer.EventImport.Summary;

@Timeout(60)
class EventImportTest {
    private static final UUID AGENT = UUID.fromString("0190a5d1-7c3a-7b3e-9c1d-2f4e6a8b0c1d");

    @TempDir
    private Path directory;

    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> bodies = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final Map<String, Long> recorded = new LinkedHashMap<>();
    private final Deque<Failure> failures = new ArrayDeque<>();
    private HttpServer server;

    /** What goes wrong with a request. */
    private sealed interface Failure {
        record Answer(int status, Map<String, String> headers, String body) implements Failure {}

        /** The connection ends before the answer, with or without the events recorded. */
        record Lost(boolean afterRecording) implements Failure {}
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/agents/" + AGENT + "/events/batch", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Failure failure = failures.poll();
        if (failure instanceof Failure.Answer answer) {
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            answer(exchange, answer.status(), answer.body());
            return;
        }
        if (failure instanceof Failure.Lost lost && !lost.afterRecording()) {
            exchange.close();
            return;
        }
        bodies.add(body);
        tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
        List<String> items = new ArrayList<>();
        for (JsonNode event : JsonMapper.shared().readTree(body).get("events")) {
            String id = event.path("externalId").asString("none " + recorded.size());
            boolean created = recorded.putIfAbsent(id, recorded.size() + 1L) == null;
            items.add("{\"id\":\"x\",\"seq\":%d,\"externalId\":null,\"created\":%s}"
                    .formatted(recorded.get(id), created));
        }
        if (failure instanceof Failure.Lost) {
            exchange.close();
            return;
        }
        answer(exchange, 201, "{\"items\":[" + String.join(",", items) + "]}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Test
    void sendsEveryEventOnceInTheOrderOfTheFile() throws Exception {
        Summary summary = send(lines(1, 250), 100);
        assertEquals(new Summary(250, 0, 0, 250), summary);
        assertEquals(3, bodies.size());
        assertEquals(IntStream.rangeClosed(1, 250).mapToObj(i -> "e" + i).toList(), List.copyOf(recorded.keySet()));
        assertEquals(List.of("Bearer token-1", "Bearer token-2", "Bearer token-3"), tokens);
    }

    @Test
    void countsWhatWasKnownOnASecondRun() throws Exception {
        send(lines(1, 150), 100);
        assertEquals(new Summary(50, 150, 0, 200), send(lines(1, 200), 100));
    }

    @Test
    void sendsJsonAsItStandsInTheFile() throws Exception {
        String line =
                "{ \"type\":\"message\", \"payload\":{\"n\":1.10000000000000000000001,\"t\":\"\\u00e9 😀 \\\"\"}}";
        send("\uFEFF" + line + "\r\n\n  \n" + line, 100);
        assertEquals("{\"events\":[" + line + "," + line + "]}", bodies.getFirst());
    }

    @Test
    void countsEventsThatAnotherRunWouldRecordAgain() throws Exception {
        assertEquals(1, send(line(1) + "\n{\"type\":\"a\",\"payload\":{}}", 100).unidentified());
    }

    @Test
    void readsAPackedFile() throws Exception {
        Path file = directory.resolve("events.ndjson.gz");
        try (GZIPOutputStream packed = new GZIPOutputStream(Files.newOutputStream(file))) {
            packed.write(lines(1, 5).getBytes(UTF_8));
        }
        try (EventFile events = EventFile.open(file)) {
            assertEquals(new Summary(5, 0, 0, 5), send(events, 100));
            assertEquals(Files.size(file), events.bytesRead());
        }
    }

    @Test
    void sendsNothingOfABatchWithABadLine() throws Exception {
        for (String bad : List.of(
                "{\"type\":\"a\",\"payload\":{}",
                "[]",
                "{\"type\":\"a\",\"type\":\"a\",\"payload\":{}}",
                "{\"type\":\"a\",\"payload\":{}} {}",
                "{\"payload\":{}}",
                "{\"type\":\"a\"}",
                "{\"type\":1,\"payload\":{}}",
                "nonsense")) {
            bodies.clear();
            recorded.clear();
            ImportException stopped =
                    assertThrows(ImportException.class, () -> send(lines(1, 12) + "\n" + bad + "\n" + line(14), 10));
            assertTrue(String.valueOf(stopped.getMessage()).startsWith("Line 13 "), stopped.getMessage());
            assertEquals(10, recorded.size());
        }
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        byte[] bytes = "{\"type\":\"a\",\"payload\":\"ü\"}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        ImportException stopped =
                assertThrows(ImportException.class, () -> send(EventFile.of(new ByteArrayInputStream(bytes)), 10));
        assertEquals("Line 1 is not UTF-8. Nothing of its batch was sent.", stopped.getMessage());
    }

    @Test
    void namesTheLineThatTheServerRefused() {
        failures.add(new Failure.Answer(400, Map.of(), """
                {"title":"The request is wrong","status":400,"detail":"One event is wrong.","requestId":"req-7",
                "errors":[{"pointer":"/events/2/type","code":"blank","message":"must not be blank"}]}"""));
        ImportException stopped = assertThrows(ImportException.class, () -> send("\n\n" + lines(1, 5), 10));
        assertEquals("""
                Lines 3 to 7 were refused. The server answered 400: The request is wrong. One event is wrong. (request req-7)
                  line 5 at /type: must not be blank""", stopped.getMessage());
        assertEquals(List.of(), pauses);
    }

    @Test
    void waitsAsLongAsTheServerAsks() throws Exception {
        failures.add(new Failure.Answer(429, Map.of("Retry-After", "7"), ""));
        failures.add(new Failure.Answer(503, Map.of(), "{}"));
        assertEquals(new Summary(5, 0, 0, 5), send(lines(1, 5), 10));
        assertEquals(List.of(Duration.ofSeconds(7), Duration.ofMillis(500)), pauses);
    }

    @Test
    void sendsAgainAfterAnyFaultOfTheServerWhenEveryEventIsIdentified() throws Exception {
        IntStream.of(500, 502, 504).forEach(status -> failures.add(new Failure.Answer(status, Map.of(), "<html>")));
        assertEquals(new Summary(5, 0, 0, 5), send(lines(1, 5), 10));
        assertEquals(3, pauses.size());
    }

    @Test
    void leavesAFaultOfTheServerToTheUserWhenAnEventIsNotIdentified() {
        failures.add(new Failure.Answer(502, Map.of(), ""));
        ImportException stopped =
                assertThrows(ImportException.class, () -> send(line(1) + "\n{\"type\":\"a\",\"payload\":{}}", 10));
        assertTrue(
                String.valueOf(stopped.getMessage()).contains("Lines 1 to 2 may have been recorded or not"),
                stopped.getMessage());
        assertEquals(List.of(), pauses);
        assertEquals(List.of(), bodies);
    }

    @Test
    void doesNotWaitForHours() {
        failures.add(new Failure.Answer(503, Map.of("Retry-After", "3600"), ""));
        ImportException stopped = assertThrows(ImportException.class, () -> send(lines(1, 5), 10));
        assertTrue(String.valueOf(stopped.getMessage()).contains("3600 s"), stopped.getMessage());
        assertEquals(List.of(), pauses);
    }

    @Test
    void givesUpInTheEnd() {
        IntStream.range(0, 20).forEach(i -> failures.add(new Failure.Answer(503, Map.of(), "")));
        ImportException stopped = assertThrows(ImportException.class, () -> send(lines(1, 5), 10));
        assertTrue(String.valueOf(stopped.getMessage()).contains("after 4 attempts"), stopped.getMessage());
        assertEquals(List.of(Duration.ofMillis(250), Duration.ofMillis(500), Duration.ofSeconds(1)), pauses);
    }

    @Test
    void sendsAgainWhenTheAnswerWasLostAndEveryEventIsIdentified() throws Exception {
        failures.add(new Failure.Lost(true));
        assertEquals(new Summary(0, 5, 0, 5), send(lines(1, 5), 10));
        assertEquals(5, recorded.size());
    }

    @Test
    void sendsNothingAgainThatMightBeRecordedTwice() {
        failures.add(new Failure.Lost(true));
        ImportException stopped =
                assertThrows(ImportException.class, () -> send(line(1) + "\n{\"type\":\"a\",\"payload\":{}}", 10));
        assertTrue(String.valueOf(stopped.getMessage()).contains("Lines 1 to 2 may have been recorded"));
        assertEquals(1, bodies.size());
    }

    @Test
    void triesAgainWhereNothingListens() {
        server.stop(0);
        ImportException stopped =
                assertThrows(ImportException.class, () -> send("{\"type\":\"a\",\"payload\":{}}", 10));
        assertTrue(String.valueOf(stopped.getMessage()).contains("can't be reached"), stopped.getMessage());
        assertEquals(3, pauses.size());
    }

    @Test
    void refusesAnAnswerThatIsNotGraphyns() {
        failures.add(new Failure.Answer(200, Map.of(), "<html>"));
        failures.add(new Failure.Answer(200, Map.of(), "{\"items\":[]}"));
        assertThrows(ImportException.class, () -> send(lines(1, 5), 10));
        assertThrows(ImportException.class, () -> send(lines(1, 5), 10));
    }

    @Test
    void splitsBatchesOfLongEvents() throws Exception {
        String text = "x".repeat(900_000);
        String lines = IntStream.range(0, 5)
                .mapToObj(i -> "{\"type\":\"a\",\"externalId\":\"%d\",\"payload\":\"%s\"}".formatted(i, text))
                .collect(Collectors.joining("\n"));
        assertEquals(5, send(lines, 100).created());
        assertEquals(3, bodies.size());
    }

    private Summary send(String lines, int batch) throws Exception {
        try (EventFile events = EventFile.of(new ByteArrayInputStream(lines.getBytes(UTF_8)))) {
            return send(events, batch);
        }
    }

    private Summary send(EventFile events, int batch) throws Exception {
        int[] asked = {0};
        Patience patience = new Patience(4, Duration.ofMinutes(1), () -> 1.0, pauses::add);
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        try (BatchClient client = new BatchClient(url, AGENT, () -> "token-" + ++asked[0], patience)) {
            return new EventImport(client, batch).run(events, summary -> {});
        }
    }

    private static String lines(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(EventImportTest::line)
                .collect(Collectors.joining("\n"));
    }

    private static String line(int number) {
        return "{\"type\":\"message\",\"externalId\":\"e%d\",\"payload\":{\"content\":\"Hello %d\"}}"
                .formatted(number, number);
    }
}

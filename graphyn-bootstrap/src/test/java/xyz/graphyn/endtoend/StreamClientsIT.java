package xyz.graphyn.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Clients that people use, all at once on one agent: the programs of docs/streaming.md in Node and in a browser, the package
 * {@code eventsource} as it is, and {@code graphyn tail}. Meanwhile connections are cut, the server is killed, and another is
 * restarted. Each client must have seen every event once and in order.
 *
 * <p>What is not installed here is skipped and named.
 */
class StreamClientsIT {
    private static final int BATCH = 10;
    private static final long SEEN_WITHIN_SECONDS = 90;

    /** Prints the seqs that a program of the page is given, one a line. */
    private static final String DRIVER = """
            import { readFileSync } from "node:fs";
            const { watch } = await import(process.argv[2]);
            const { SERVER: url, AGENT: agentId, TOKEN_FILE: file } = process.env;
            watch({ url, agentId, agents: { [agentId]: 0 }, after: 0, getToken: async () => readFileSync(file, "utf8"),
              onEvent: (event) => console.log(event.seq), onEnd: console.error });
            """;

    private static final String EVENT_SOURCE = """
            import { readFileSync } from "node:fs";
            import { EventSource } from "eventsource";
            const { SERVER, AGENT, TOKEN_FILE } = process.env;
            const source = new EventSource(`${SERVER}/agents/${AGENT}/events/stream?after=0`, {
              fetch: (url, init) => fetch(url, { ...init,
                headers: { ...init.headers, Authorization: `Bearer ${readFileSync(TOKEN_FILE, "utf8")}` } }) });
            source.onmessage = ({ data, lastEventId }) => console.log(JSON.parse(data).seq === Number(lastEventId) ? lastEventId : -1);
            """;

    /** One connection of the bare package: replay, refresh, goodbye. */
    private static final String BARE_WS = """
            import { readFileSync } from "node:fs";
            import WebSocket from "ws";
            const { SERVER, AGENT: agentId, TOKEN_FILE, COUNT } = process.env;
            const token = readFileSync(TOKEN_FILE, "utf8");
            const socket = new WebSocket(`${SERVER.replace("http", "ws")}/stream`);
            let last = 0;
            socket.on("open", () => socket.send(JSON.stringify({ type: "subscribe", token, agents: [{ agentId, after: 0 }] })));
            socket.on("message", (data) => {
              const m = JSON.parse(data);
              for (const event of m.events ?? (m.event ? [m.event] : [])) {
                if (event.seq !== ++last) console.log(`${event.seq} came instead of ${last}`);
                if (last === Number(COUNT)) socket.send(JSON.stringify({ type: "refresh", token }));
              }
              if (m.type !== "event" && m.type !== "events") console.log(m.type);
              if (m.type === "refreshed") socket.close(1000);
            });
            socket.on("close", (code) => console.log(`closed ${code} after ${last}`));
            """;

    private static final String PAGE = """
            <!doctype html><meta charset="utf-8"><script>
            CODE
            const seen = [];
            watch({ url: "SERVER", agentId: "AGENT", agents: { "AGENT": 0 }, after: 0, getToken: async () => (await fetch("/token")).text(),
              onEvent: (event) => seen.push(event.seq), onEnd: (why) => fetch("/ended", { method: "POST", body: String(why) }) });
            setInterval(() => fetch("/seen/PROGRAM", { method: "POST", body: seen.join("\\n") }), 300);
            </script>""";

    @TempDir
    static Path folder;

    private static final List<Process> processes = new ArrayList<>();
    private static final Map<String, Supplier<List<Long>>> clients = new LinkedHashMap<>();
    private static final Map<String, String> missing = new LinkedHashMap<>();
    private static final Map<String, String> shownByPages = new ConcurrentHashMap<>();
    private static RunningServer server;
    private static Relay relay;
    private static HttpServer pages;
    private static Programs.Node node;
    private static Path token;
    private static String agent;
    private static Process tail;
    private static int written;

    @BeforeAll
    static void watchThroughLosses() throws Exception {
        pages = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Map<String, String> settings = Map.of(
                "GRAPHYN_ALLOWED_ORIGINS",
                "http://127.0.0.1:" + pages.getAddress().getPort());
        Path home = Files.createDirectory(folder.resolve("home"));
        server = RunningServer.start(home, settings);
        relay = new Relay(server.url());
        token = Files.writeString(folder.resolve("token"), server.token("ada", "acme", "admin"));
        agent = server.as("ada", "acme", "admin").newAgent("Watched").substring("/agents/".length());
        node = Programs.Node.in(folder);
        write(20);
        startPrograms();
        Path lines = folder.resolve("tail.ndjson");
        tail = tail(lines);
        await(() -> clients.values().stream().noneMatch(seen -> seen.get().isEmpty()));
        write(10);
        relay.cut();
        write(20);
        relay.cut();
        server.kill();
        server = RunningServer.start(home, settings);
        relay.to(server.url());
        write(20);
        server.close();
        server = RunningServer.start(home, settings);
        relay.to(server.url());
        write(10);
        await(() -> clients.values().stream().noneMatch(seen -> seen.get().size() < written));
    }

    @AfterAll
    static void stop() throws IOException {
        processes.forEach(Process::destroyForcibly);
        pages.stop(0);
        relay.close();
        server.close();
    }

    private static void write(int batches) {
        Api ada = server.as("ada", "acme", "admin");
        for (int i = 0; i < batches; i++) {
            String events = IntStream.range(0, BATCH)
                    .mapToObj(n -> "{\"type\":\"message\",\"payload\":{ \"text\" :\n\"Zoë 🦄\"}}")
                    .collect(Collectors.joining(","));
            ada.post("/agents/" + agent + "/events/batch", "{\"events\":[" + events + "]}")
                    .expect(201);
            written += BATCH;
        }
    }

    /** Not longer than clients that come back with growing pauses may need; what is amiss then, the tests say. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SEEN_WITHIN_SECONDS);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static void startPrograms() throws Exception {
        for (String program : List.of("browser-websocket", "browser-sse", "node")) {
            String code = Programs.documented(program);
            String module = code.contains("export function watch") ? code : code + "\nexport { watch };\n";
            Files.writeString(folder.resolve(program + ".mjs"), module);
            startNode(program + " in Node", DRIVER, "./" + program + ".mjs");
        }
        startNode("the package eventsource", EVENT_SOURCE);
        servePages();
        for (String program : List.of("browser-websocket", "browser-sse")) {
            startPage(program);
        }
    }

    private static Process tail(Path lines) {
        Process process = server.launch(
                lines,
                "tail",
                "--url",
                relay.url().toString(),
                "--token-file",
                token.toString(),
                "--agent",
                agent,
                "--after",
                "0");
        processes.add(process);
        clients.put(
                "graphyn tail",
                () -> lines(lines).stream()
                        .map(line -> Api.JSON.readTree(line).path("seq").asLong())
                        .toList());
        return process;
    }

    private static void startNode(String name, String script, String... arguments) throws IOException {
        if (node.command().isEmpty()) {
            missing.put(name, node.missing());
            return;
        }
        Path printed = folder.resolve(name.replace(' ', '-') + ".txt");
        processes.add(node(name, script, relay.url(), printed, arguments));
        clients.put(name, () -> seqs(String.join("\n", lines(printed))));
    }

    private static Process node(String name, String script, URI url, Path printed, String... arguments)
            throws IOException {
        Path file = Files.writeString(folder.resolve(name.replace(' ', '-') + "-run.mjs"), script);
        List<String> command = new ArrayList<>(node.command());
        command.add(file.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(printed.toFile());
        builder.environment()
                .putAll(Map.of(
                        "SERVER",
                        url.toString(),
                        "AGENT",
                        agent,
                        "TOKEN_FILE",
                        token.toString(),
                        "COUNT",
                        Integer.toString(written)));
        return builder.start();
    }

    private static void servePages() {
        pages.createContext("/token", exchange -> answer(exchange, "text/plain", Files.readString(token)));
        pages.createContext("/seen/", exchange -> {
            String program = exchange.getRequestURI().getPath().substring("/seen/".length());
            shownByPages.put(program, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            answer(exchange, "text/plain", "");
        });
        pages.createContext("/page/", exchange -> {
            String program = exchange.getRequestURI().getPath().substring("/page/".length());
            String page = PAGE.replace("SERVER", relay.url().toString())
                    .replace("AGENT", agent)
                    .replace("PROGRAM", program)
                    .replace("CODE", Programs.documented(program));
            answer(exchange, "text/html", page);
        });
        pages.start();
    }

    private static void answer(HttpExchange exchange, String type, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void startPage(String program) throws Exception {
        String name = program + " in a browser";
        Optional<String> browser = Programs.browser();
        if (browser.isEmpty()) {
            missing.put(name, "There is no chromium or google-chrome on the PATH.");
            return;
        }
        processes.add(new ProcessBuilder(
                        browser.get(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + folder.resolve("profile-" + program),
                        "http://127.0.0.1:" + pages.getAddress().getPort() + "/page/" + program)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
        clients.put(name, () -> seqs(shownByPages.getOrDefault(program, "")));
    }

    private static List<Long> seqs(String text) {
        return text.lines().filter(line -> !line.isBlank()).map(Long::valueOf).toList();
    }

    /** The last line may be under way. */
    private static List<String> lines(Path printed) {
        try {
            String text = Files.exists(printed) ? Files.readString(printed) : "";
            return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @TestFactory
    Stream<DynamicTest> seesEveryEventOnceAndInOrder() {
        List<Long> all = LongStream.rangeClosed(1, written).boxed().toList();
        return Stream.concat(
                clients.entrySet().stream()
                        .map(client -> DynamicTest.dynamicTest(
                                client.getKey(),
                                () -> assertEquals(all, client.getValue().get()))),
                missing.entrySet().stream()
                        .map(client ->
                                DynamicTest.dynamicTest(client.getKey(), () -> assumeTrue(false, client.getValue()))));
    }

    @Test
    void printsEventsAsTheyAreStoredAndEndsWellOnASignal() throws Exception {
        List<JsonNode> stored =
                server.as("ada", "acme", "admin").all("/agents/" + agent + "/events?order=asc&limit=200");
        List<JsonNode> printed = lines(folder.resolve("tail.ndjson")).stream()
                .map(Api.JSON::readTree)
                .toList();
        assertEquals(stored, printed);
        tail.destroy();
        assertTrue(tail.waitFor(30, TimeUnit.SECONDS));
        assertEquals(0, tail.exitValue());
    }

    @Test
    void servesTheBarePackageWs() throws Exception {
        assumeTrue(!node.command().isEmpty(), node.missing());
        Path printed = folder.resolve("ws.txt");
        Process process = node("bare-ws", BARE_WS, server.url(), printed);
        processes.add(process);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(List.of("subscribed", "refreshed", "closed 1000 after " + written), lines(printed));
    }
}

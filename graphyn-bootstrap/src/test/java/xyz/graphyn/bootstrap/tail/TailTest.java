package xyz.graphyn.bootstrap.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class TailTest {
    private static final UUID ONE = UUID.fromString("01900000-0000-7000-8000-000000000001");
    private static final UUID TWO = UUID.fromString("01900000-0000-7000-8000-000000000002");

    private final ScriptedServer server = new ScriptedServer();
    private final StringWriter err = new StringWriter();
    private final AtomicReference<String> token = new AtomicReference<>("t1");
    private BufferedReader lines = new BufferedReader(Reader.nullReader());
    private CompletableFuture<Boolean> end = new CompletableFuture<>();
    private @Nullable Tail tail;

    @AfterEach
    void stop() throws IOException {
        if (tail != null) {
            tail.close();
        }
        server.close();
    }

    private void start(@Nullable Long after, UUID... agents) throws IOException {
        start(after, List.of(), token::get, agents);
    }

    private void start(@Nullable Long after, List<String> types, Supplier<String> tokens, UUID... agents)
            throws IOException {
        Pipe pipe = Pipe.open();
        lines = new BufferedReader(new InputStreamReader(Channels.newInputStream(pipe.source()), UTF_8));
        start(Channels.newOutputStream(pipe.sink()), after, types, tokens, agents);
    }

    private void start(
            OutputStream out, @Nullable Long after, List<String> types, Supplier<String> tokens, UUID... agents) {
        Tail started = new Tail(
                server.url(),
                new Tail.Wish(List.of(agents), after, types),
                tokens,
                new Backoff(() -> 0.01),
                InstantSource.system(),
                out,
                new PrintWriter(err));
        tail = started;
        end = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        started.run();
                        return true;
                    } catch (TailException | InterruptedException failed) {
                        throw new CompletionException(failed);
                    }
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }

    private static String event(long seq) {
        return "{\"id\":\"e" + seq + "\", \"seq\":" + seq + ",\"payload\":{ \"n\" : 1.50 }}";
    }

    private static String one(UUID agent, long seq) {
        return "{\"type\":\"event\",\"agentId\":\"" + agent + "\",\"event\":" + event(seq) + "}";
    }

    private static String many(UUID agent, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(TailTest::event)
                .collect(Collectors.joining(
                        ",", "{\"type\":\"events\",\"agentId\":\"" + agent + "\",\"events\":[", "]}"));
    }

    private static String subscribed(UUID agent, long after) {
        return "{\"type\":\"subscribed\",\"agentId\":\"" + agent + "\",\"after\":" + after + ",\"head\":" + after + "}";
    }

    private void assertPrinted(int from, int to) throws IOException {
        for (int seq = from; seq <= to; seq++) {
            assertEquals(event(seq), lines.readLine());
        }
    }

    private void await(BooleanSupplier condition) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < until, () -> "it came to nothing; said was: " + err);
            Thread.onSpinWait();
        }
    }

    private String endedWith() {
        CompletionException failed = assertThrows(CompletionException.class, () -> end.join());
        return assertInstanceOf(TailException.class, failed.getCause()).why();
    }

    private static long after(JsonNode subscription, int agent) {
        return subscription.path("agents").path(agent).path("after").asLong(-1);
    }

    @Test
    void subscribesAsItIsToldTo() throws Exception {
        start(7L, List.of("message", "tool.called"), token::get, ONE, TWO);
        assertEquals(
                "{\"type\":\"subscribe\",\"token\":\"t1\",\"agents\":[{\"agentId\":\"" + ONE
                        + "\",\"after\":7},{\"agentId\":\"" + TWO
                        + "\",\"after\":7}],\"types\":[\"message\",\"tool.called\"]}",
                server.next().heard().toString());
    }

    @Test
    void asksForWhatIsToComeOnlyUnlessToldOtherwise() throws Exception {
        start(null, ONE);
        assertEquals(
                "{\"type\":\"subscribe\",\"token\":\"t1\",\"agents\":[{\"agentId\":\"" + ONE + "\"}]}",
                server.next().heard().toString());
    }

    @Test
    void printsEventsAsTheyCame() throws Exception {
        start(0L, ONE);
        ScriptedServer.Client client = server.next();
        client.say(subscribed(ONE, 0));
        client.say(one(ONE, 1));
        client.say(many(ONE, 2, 50));
        assertPrinted(1, 50);
        String nasty = "{\"seq\":51,\"payload\":{\"a\":\"Zoë \\n 🦄\",\n\r\"b\" : 12345678901234567890}}";
        client.say("{\"event\":" + nasty + ",\"agentId\":\"" + ONE + "\",\"type\":\"event\"}");
        assertEquals(nasty.replace('\n', ' ').replace('\r', ' '), lines.readLine());
    }

    @Test
    void putsLargeMessagesTogether() throws Exception {
        start(0L, ONE);
        ScriptedServer.Client client = server.next();
        client.say(subscribed(ONE, 0));
        String large = "{\"seq\":1,\"payload\":{\"a\":\"" + "é🦄".repeat(300_000) + "\"}}";
        client.sayInPieces("{\"type\":\"event\",\"agentId\":\"" + ONE + "\",\"event\":" + large + "}", 10_007);
        assertEquals(large, lines.readLine());
        client.sayInPieces(many(ONE, 2, 4), 3);
        assertPrinted(2, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 1011, 1012, 1013, 4409})
    void goesOnBehindTheLastEventAfterTheServerClosed(int code) throws Exception {
        start(null, ONE, TWO);
        ScriptedServer.Client first = server.next();
        first.say(subscribed(ONE, 10));
        first.say(subscribed(TWO, 0));
        first.say(many(ONE, 11, 13));
        assertPrinted(11, 13);
        first.close(code, "");
        ScriptedServer.Client second = server.next();
        JsonNode subscription = second.heard();
        assertEquals(13, after(subscription, 0));
        assertEquals(0, after(subscription, 1), "also where no event came");
        second.say(many(ONE, 12, 15));
        second.say(one(ONE, 15));
        second.say(one(ONE, 16));
        assertPrinted(14, 16);
    }

    @Test
    void goesOnWhenTheConnectionBreaks() throws Exception {
        start(0L, ONE);
        ScriptedServer.Client first = server.next();
        first.say(subscribed(ONE, 0));
        first.say(many(ONE, 1, 5));
        assertPrinted(1, 5);
        first.cut();
        ScriptedServer.Client second = server.next();
        assertEquals(5, after(second.heard(), 0));
        second.say(subscribed(ONE, 5));
        second.say(one(ONE, 6));
        assertPrinted(6, 6);
        await(() -> err.toString().contains("Connected again."));
    }

    @Test
    void keepsTryingWhileTheServerIsAway() throws Exception {
        server.refuseWith(503);
        start(0L, ONE);
        await(() -> err.toString().contains("the server answered 503"));
        server.refuseWith(0);
        ScriptedServer.Client client = server.next();
        client.say(one(ONE, 1));
        assertPrinted(1, 1);
        assertEquals(
                1, err.toString().lines().filter(line -> line.contains("503")).count(), err::toString);
    }

    @Test
    void endsWhereThereIsNoStream() throws Exception {
        server.refuseWith(404);
        start(0L, ONE);
        assertTrue(endedWith().contains("is no stream: the server answered 404"));
    }

    @Test
    void remembersPositionsBehindFilteredEvents() throws Exception {
        start(0L, List.of("message"), token::get, ONE);
        ScriptedServer.Client first = server.next();
        first.say(one(ONE, 3));
        first.say("{\"type\":\"position\",\"agentId\":\"" + ONE + "\",\"seq\":90}");
        first.say(one(ONE, 91));
        lines.readLine();
        lines.readLine();
        first.say("{\"type\":\"position\",\"agentId\":\"" + ONE + "\",\"seq\":100}");
        first.close(1012, "restart");
        assertEquals(100, after(server.next().heard(), 0));
    }

    @Test
    void tellsOfAGapAndGoesOnBehindIt() throws Exception {
        start(0L, ONE);
        ScriptedServer.Client client = server.next();
        client.say("{\"type\":\"gap\",\"agentId\":\"" + ONE + "\",\"from\":1,\"to\":40}");
        client.say(one(ONE, 41));
        assertPrinted(41, 41);
        assertTrue(err.toString().contains("Agent " + ONE + ": the events 1 to 40 were removed."), err::toString);
    }

    @Test
    void endsWhenItIsNotUnderstood() throws Exception {
        start(0L, ONE);
        server.next().close(4400, "/agents: is required");
        assertEquals("The server did not understand this client: /agents: is required (4400)", endedWith());
    }

    @Test
    void endsWhenThereIsNothingLeftToSee() throws Exception {
        start(0L, ONE);
        server.next().close(4403, "There is nothing left that you may watch.");
        assertEquals("There is nothing left that you may watch. (4403)", endedWith());
    }

    @Test
    void goesOnWithTheOthersWhenAnAgentIsRefused() throws Exception {
        start(0L, ONE, TWO);
        ScriptedServer.Client client = server.next();
        client.say("{\"type\":\"error\",\"agentId\":\"" + ONE
                + "\",\"code\":\"not-found\",\"message\":\"There is no such agent.\"}");
        client.say(one(TWO, 1));
        assertPrinted(1, 1);
        assertTrue(err.toString().contains("Agent " + ONE + ": There is no such agent. (not-found)"), err::toString);
        client.close(1012, "restart");
        ScriptedServer.Client second = server.next();
        assertEquals(1, second.heard().path("agents").size());
        second.say("{\"type\":\"error\",\"agentId\":\"" + TWO
                + "\",\"code\":\"ahead\",\"message\":\"The agent's last event has the seq 0.\"}");
        assertEquals("There is no agent left to watch.", endedWith());
    }

    @Test
    void subscribesAgainWhenAnAgentEndsForAWhile() throws Exception {
        start(0L, ONE);
        ScriptedServer.Client first = server.next();
        first.say(one(ONE, 1));
        first.say("{\"type\":\"error\",\"agentId\":\"" + ONE
                + "\",\"code\":\"unavailable\",\"message\":\"The storage was restored. Subscribe again.\"}");
        assertEquals(1, after(server.next().heard(), 0));
    }

    @Test
    void endsWhenTheTokenEndedAndThereIsNoOther() throws Exception {
        start(0L, ONE);
        ScriptedServer.Client client = server.next();
        client.say(subscribed(ONE, 0));
        client.close(4401, "The token has expired.");
        assertEquals("The token has expired. There is no fresh token. (4401)", endedWith());
    }

    @Test
    void comesBackWithAFreshTokenWhenOneEnded() throws Exception {
        start(0L, ONE);
        ScriptedServer.Client first = server.next();
        assertEquals("t1", first.heard().path("token").asString());
        first.say(subscribed(ONE, 0));
        token.set("t2");
        first.close(4401, "The token has expired.");
        ScriptedServer.Client second = server.next();
        assertEquals("t2", second.heard().path("token").asString());
        second.say(one(ONE, 1));
        assertPrinted(1, 1);
    }

    @Test
    void endsWhenNoTokenIsGoodHoweverFresh() throws Exception {
        int[] count = {0};
        start(0L, List.of(), () -> "t" + count[0]++, ONE);
        server.next().close(4401, "The bearer token is not valid.");
        server.next().close(4401, "The bearer token is not valid.");
        assertTrue(endedWith().startsWith("The bearer token is not valid."));
    }

    private static String jwt(Instant end) {
        String claims = "{\"exp\":" + end.getEpochSecond() + "}";
        return "x." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8)) + ".x";
    }

    @Test
    void sendsAFreshTokenBeforeTheOldOneEnds() throws Exception {
        Instant now = InstantSource.system().instant();
        token.set(jwt(now.plusSeconds(3)));
        start(0L, ONE);
        ScriptedServer.Client client = server.next();
        assertEquals("subscribe", client.heard().path("type").asString());
        client.say(subscribed(ONE, 0));
        String fresh = jwt(now.plusSeconds(3_600));
        token.set(fresh);
        JsonNode refresh = client.heard();
        assertEquals("refresh", refresh.path("type").asString());
        assertEquals(fresh, refresh.path("token").asString());
        assertTrue(InstantSource.system().instant().isBefore(now.plusSeconds(3)), "in time");
        client.say("{\"type\":\"refreshed\",\"expiresAt\":\"2026-05-04T10:05:00Z\"}");
        client.say(one(ONE, 1));
        assertPrinted(1, 1);
    }

    @Test
    void leavesOnTheServersSideWhatNobodyReads() throws Exception {
        start(0L, ONE);
        ScriptedServer.Client client = server.next();
        assertEquals(0, after(client.heard(), 0));
        client.say(subscribed(ONE, 0));
        int messages = 5_000;
        CompletableFuture<Integer> saying = CompletableFuture.supplyAsync(() -> {
            try {
                for (int i = 0; i < messages; i++) {
                    client.say(many(ONE, i * 100 + 1, i * 100 + 100));
                }
                return messages;
            } catch (IOException cut) {
                throw new CompletionException(cut);
            }
        });
        // 20 MB are more than all buffers on the way: so long as nobody reads, the server can't send them all.
        assertThrows(TimeoutException.class, () -> saying.get(2, TimeUnit.SECONDS));
        for (int seq = 1; seq <= messages * 100; seq++) {
            String line = lines.readLine();
            if (!event(seq).equals(line)) {
                assertEquals(event(seq), line);
            }
        }
        assertEquals(messages, saying.get(30, TimeUnit.SECONDS));
    }

    @Test
    void endsWhenNobodyReadsAnyMore() throws Exception {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        start(closed, 0L, List.of(), token::get, ONE);
        server.next().say(one(ONE, 1));
        assertTrue(end.get(30, TimeUnit.SECONDS));
    }

    @Test
    void endsWhenItIsClosed() throws Exception {
        start(0L, ONE);
        ScriptedServer.Client client = server.next();
        client.say(one(ONE, 1));
        assertPrinted(1, 1);
        Objects.requireNonNull(tail).close();
        assertTrue(end.get(30, TimeUnit.SECONDS));
        assertFalse(err.toString().contains("Trying again"), err::toString);
    }

    @Test
    void endsWhenTheServerSpeaksAnotherLanguage() throws Exception {
        start(0L, ONE);
        server.next().say("hello");
        assertEquals("The server sent something that is no message of a stream.", endedWith());
    }

    @Test
    void passesOverWhatANewerServerSays() throws Exception {
        start(0L, ONE);
        ScriptedServer.Client client = server.next();
        client.say("{\"type\":\"news\",\"agentId\":null,\"more\":{\"seq\":[1]}}");
        client.say(one(ONE, 1));
        assertPrinted(1, 1);
    }

    @Test
    void waitsLongerAndLongerWithinItsBounds() {
        List<Long> longest = new ArrayList<>();
        for (int attempt = 1; attempt <= 9; attempt++) {
            longest.add(new Backoff(() -> 1.0).after(attempt).toMillis());
            assertEquals(0, new Backoff(() -> 0.0).after(attempt).toMillis());
        }
        assertEquals(List.of(100L, 200L, 400L, 800L, 1_600L, 3_200L, 6_400L, 10_000L, 10_000L), longest);
        assertEquals(10_000, new Backoff(() -> 1.0).after(Integer.MAX_VALUE).toMillis());
    }
}

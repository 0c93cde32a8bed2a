package xyz.graphyn.adapter.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import xyz.graphyn.adapter.http.stream.StreamConfiguration;
import xyz.graphyn.application.failure.Failure;
import xyz.graphyn.testkit.TestClock;

/** The whole API with an agent of Ada's to watch, in a time that goes when it is told to. */
final class StreamServer implements AutoCloseable {
    /** Longer than any test takes, so that what a test waits for has another reason. */
    private static final Duration LONG = Duration.ofSeconds(60);

    static final StreamConfiguration CALM = new StreamConfiguration(LONG, LONG, LONG, LONG, 1_024 * 1_024);

    private final TestClock clock = new TestClock();
    private final List<Failure> failures = new CopyOnWriteArrayList<>();
    private final TestApi api;
    private final String agent;

    StreamServer() {
        this(CALM);
    }

    StreamServer(StreamConfiguration streams) {
        api = TestApi.whole(TestApi.configuration(0, HttpConfiguration.Limits.DEFAULT, streams), clock, failures::add);
        agent = newAgent();
    }

    TestApi api() {
        return api;
    }

    int port() {
        return api.server().port();
    }

    TestClock clock() {
        return clock;
    }

    List<Failure> failures() {
        return failures;
    }

    String agent() {
        return agent;
    }

    String newAgent() {
        return api.post("/agents", "{\"name\":\"watched\"}").json().path("id").asString();
    }

    /** As many events of one batch, of a type. */
    void record(int count, String type) {
        record(agent, count, type, "{}");
    }

    void record(String of, int count, String type, String payload) {
        String events = IntStream.range(0, count)
                .mapToObj(i -> "{\"type\":\"" + type + "\",\"payload\":" + payload + "}")
                .collect(Collectors.joining(","));
        TestApi.Reply reply = api.post("/agents/" + of + "/events/batch", "{\"events\":[" + events + "]}");
        if (reply.status() != 201) {
            throw new IllegalStateException(reply.body());
        }
    }

    SocketClient connect() {
        return SocketClient.open(port());
    }

    /** A client that watches the agent as Ada. */
    SocketClient watch(String after) {
        SocketClient client = connect();
        client.send(subscribe(TestApi.ADA, agent, after));
        return client;
    }

    /** @param after as JSON: a number, or null */
    static String subscribe(String token, String agent, String after) {
        return "{\"type\":\"subscribe\",\"token\":\"%s\",\"agents\":[{\"agentId\":\"%s\",\"after\":%s}]}"
                .formatted(token, agent, after);
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain");
            }
            Thread.onSpinWait();
        }
    }

    @Override
    public void close() {
        api.close();
    }
}

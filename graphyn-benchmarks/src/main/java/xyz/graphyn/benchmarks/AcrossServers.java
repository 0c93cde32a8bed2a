package xyz.graphyn.benchmarks;

import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long after its answer an event that one server accepted is seen by a subscriber of another one. Events are posted at a
 * fixed rate, whatever the answers take (open loop).
 *
 * <p>Arguments: the URL of the server that is written to, that of the one that is watched, events a second (1000), seconds
 * (20), seconds to warm up (10). A token of a user who may create agents is taken from {@code GRAPHYN_TOKEN}.
 */
public final class AcrossServers {
    private static final int WRITERS = 64;
    private static final Pattern ID = Pattern.compile("\"id\":\"([^\"]+)\"");
    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");
    private static final PrintStream OUT = System.out;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String token;
    private final URI written;
    private final URI watched;

    private AcrossServers(URI written, URI watched, String token) {
        this.written = written;
        this.watched = watched;
        this.token = token;
    }

    public static void main(String[] args) throws Exception {
        int rate = args.length > 2 ? Integer.parseInt(args[2]) : 1_000;
        int seconds = args.length > 3 ? Integer.parseInt(args[3]) : 20;
        int warming = args.length > 4 ? Integer.parseInt(args[4]) : 10;
        String token = System.getenv("GRAPHYN_TOKEN");
        if (args.length < 2 || token == null) {
            throw new IllegalArgumentException("Give the URLs of two servers, and a token in GRAPHYN_TOKEN.");
        }
        AcrossServers run = new AcrossServers(URI.create(args[0]), URI.create(args[1]), token);
        run.measure(rate, rate * warming);
        run.measure(rate, rate * seconds);
        run.client.shutdownNow();
    }

    private void measure(int rate, int count) throws Exception {
        Matcher id = ID.matcher(post("/agents", "{\"name\":\"across\"}").body());
        if (!id.find()) {
            throw new IllegalStateException("The agent was not created.");
        }
        String agent = id.group(1);
        AtomicLongArray answered = new AtomicLongArray(count);
        AtomicLongArray seen = new AtomicLongArray(count);
        Watcher watcher = new Watcher(seen, count);
        WebSocket socket = client.newWebSocketBuilder()
                .buildAsync(URI.create(watched.toString().replaceFirst("^http", "ws") + "/stream"), watcher)
                .join();
        socket.sendText(
                        "{\"type\":\"subscribe\",\"token\":\"" + token + "\",\"agents\":[{\"agentId\":\"" + agent
                                + "\"}]}",
                        true)
                .join();
        watcher.begun.await();

        AtomicLong next = new AtomicLong();
        long start = System.nanoTime();
        try (ExecutorService writers =
                Executors.newFixedThreadPool(WRITERS, Thread.ofVirtual().factory())) {
            for (int i = 0; i < WRITERS; i++) {
                var unused = writers.submit(() -> {
                    for (long n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                        long due = start + n * TimeUnit.SECONDS.toNanos(1) / rate;
                        LockSupport.parkNanos(due - System.nanoTime());
                        HttpResponse<String> answer = post(
                                "/agents/" + agent + "/events", "{\"type\":\"load\",\"payload\":{\"n\":" + n + "}}");
                        answered.set((int) n, answer.statusCode() == 201 ? System.nanoTime() : 0);
                    }
                    return null;
                });
            }
        }
        double took = (System.nanoTime() - start) / 1e9;
        boolean all = watcher.all.await(10, TimeUnit.SECONDS);
        socket.abort();
        report(count / took, all, answered, seen);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(written.resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private static void report(double rate, boolean all, AtomicLongArray answered, AtomicLongArray seen) {
        long[] nanos = new long[seen.length()];
        int refused = 0;
        for (int i = 0; i < nanos.length; i++) {
            refused += answered.get(i) == 0 ? 1 : 0;
            nanos[i] =
                    Math.max(0, seen.get(i) - answered.get(i)); // seen before its sender had the answer: no time at all
        }
        Arrays.sort(nanos);
        OUT.printf(
                "%,d events at %,.0f/s, %d refused, %s: accepted to seen p50 %.2f ms, p99 %.2f ms, max %.2f ms%n",
                nanos.length,
                rate,
                refused,
                all ? "all seen once" : "NOT ALL SEEN",
                nanos[nanos.length / 2] / 1e6,
                nanos[(int) (nanos.length * 0.99)] / 1e6,
                nanos[nanos.length - 1] / 1e6);
    }

    private static final class Watcher implements WebSocket.Listener {
        private final AtomicLongArray seen;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch all = new CountDownLatch(1);
        private final StringBuilder message = new StringBuilder();
        private int missing;

        Watcher(AtomicLongArray seen, int count) {
            this.seen = seen;
            this.missing = count;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                take(System.nanoTime());
                message.setLength(0);
            }
            socket.request(1);
            return null;
        }

        private void take(long now) {
            if (message.indexOf("\"subscribed\"") > 0) {
                begun.countDown();
            }
            Matcher number = NUMBER.matcher(message);
            while (number.find()) {
                int n = Integer.parseInt(number.group(1));
                if (!seen.compareAndSet(n, 0, now)) {
                    throw new IllegalStateException("event " + n + " came twice");
                }
                if (--missing == 0) {
                    all.countDown();
                }
            }
        }
    }
}

package xyz.graphyn.benchmarks.recall;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import xyz.graphyn.benchmarks.GeneratedWords;

/**
 * How many messages a second become memory, from the first request until all are searchable; and how long a single one takes, from
 * its being answered until a search finds it.
 *
 * <p>Arguments: the server's URL, messages (40000), agents (4), connections (4), messages in a request (100), words in a message
 * (25), single messages (200), milliseconds between them (50). A token is taken from {@code GRAPHYN_TOKEN}.
 */
public final class IngestLoad {
    private static final int PER_SESSION = 40;
    private static final int WARM_UP = 10;
    private static final PrintStream OUT = System.out;

    private final URI url;
    private final String token;
    private final int[] numbers;

    private IngestLoad(URI url, String token, int[] numbers) {
        this.url = url;
        this.token = token;
        this.numbers = numbers;
    }

    public static void main(String[] args) throws IOException, InterruptedException, ExecutionException {
        String token = System.getenv("GRAPHYN_TOKEN");
        if (args.length < 1 || token == null) {
            throw new IllegalArgumentException("Give a server's URL, and a token in GRAPHYN_TOKEN.");
        }
        int[] numbers = {40_000, 4, 4, 100, 25, 200, 50};
        for (int i = 1; i < args.length; i++) {
            numbers[i - 1] = Integer.parseInt(args[i]);
        }
        IngestLoad load = new IngestLoad(URI.create(args[0]), token, numbers);
        load.run(numbers[0] / WARM_UP, "warming up");
        load.run(numbers[0], "ingest");
        load.single();
    }

    private void run(int messages, String what) throws IOException, InterruptedException, ExecutionException {
        Server server = new Server(url, token);
        List<String> agents = new ArrayList<>();
        for (int i = 0; i < numbers[1]; i++) {
            agents.add(server.newAgent("ingest load"));
        }
        int connections = numbers[2];
        List<List<List<String>>> batches = new ArrayList<>();
        Random random = new Random(5);
        GeneratedWords words = new GeneratedWords(random);
        for (int c = 0; c < connections; c++) {
            List<List<String>> own = new ArrayList<>();
            for (int from = 0; from < messages / connections; from += numbers[3]) {
                List<String> batch = new ArrayList<>();
                for (int i = 0; i < numbers[3]; i++) {
                    batch.add(words.text(random, 1 + random.nextInt(2 * numbers[4])));
                }
                own.add(batch);
            }
            batches.add(own);
        }
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<Integer>> senders = new ArrayList<>();
            for (int c = 0; c < connections; c++) {
                senders.add(threads.submit(sender(c, batches.get(c), agents)));
            }
            int sent = 0;
            for (Future<Integer> sender : senders) {
                sent += sender.get();
            }
            double accepted = (System.nanoTime() - start) / 1e9;
            for (String agent : agents) {
                server.awaitMemory(agent);
            }
            double searchable = (System.nanoTime() - start) / 1e9;
            OUT.printf(
                    "%s: %,d messages; accepted %,.0f a second, searchable %,.0f a second%n",
                    what, sent, sent / accepted, sent / searchable);
        }
        for (String agent : agents) {
            server.remove(agent);
        }
    }

    private Callable<Integer> sender(int number, List<List<String>> batches, List<String> agents) {
        return () -> {
            Server server = new Server(url, token);
            int sent = 0;
            for (int i = 0; i < batches.size(); i++) {
                String session = number + "-" + sent / PER_SESSION;
                server.say(agents.get((number + i) % agents.size()), session, batches.get(i));
                sent += batches.get(i).size();
            }
            return sent;
        };
    }

    private void single() throws IOException, InterruptedException {
        Server server = new Server(url, token);
        String agent = server.newAgent("ingest load, one by one");
        Random random = new Random(6);
        GeneratedWords words = new GeneratedWords(random);
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < numbers[5] + WARM_UP; i++) {
            long seq = server.say(agent, "one", List.of(words.text(random, numbers[4])));
            long accepted = System.nanoTime();
            // Always the same question: its vector is remembered, and only memory is waited for.
            server.search(agent, "anything", 1, seq);
            if (i >= WARM_UP) {
                nanos.add(System.nanoTime() - accepted);
            }
            TimeUnit.MILLISECONDS.sleep(numbers[6]);
        }
        OUT.printf("accepted to searched, one by one: %s%n", Percentiles.of(nanos));
        server.remove(agent);
    }
}

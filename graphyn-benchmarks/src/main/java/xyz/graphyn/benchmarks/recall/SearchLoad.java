package xyz.graphyn.benchmarks.recall;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import xyz.graphyn.benchmarks.GeneratedWords;

/**
 * How long searches of one agent's large memory take over REST, with authentication, one after another, each with a question of
 * its own. It says how long the first search took, which opens the memory if nobody has searched it since the server's start, and
 * what the server takes of the machine's memory. Linux, on the server's machine.
 *
 * <p>Arguments: the server's URL, its process id, how many questions (500), and the id of an agent that is filled; without one, a
 * new one is filled with as many messages as the next argument says (100000). A token is taken from {@code GRAPHYN_TOKEN}.
 */
public final class SearchLoad {
    private static final int WORDS_PER_TURN = 25;
    private static final int WORDS_PER_QUESTION = 9;
    private static final int BATCH = 1_000;
    private static final int PER_SESSION = 40;
    private static final int LIMIT = 10;
    private static final int WARM_UP = 300;
    private static final PrintStream OUT = System.out;

    private final Server server;
    private final Path status;
    private final Random random = new Random(7);
    private final GeneratedWords words = new GeneratedWords(random);

    private SearchLoad(Server server, Path status) {
        this.server = server;
        this.status = status;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        String token = System.getenv("GRAPHYN_TOKEN");
        if (args.length < 2 || token == null) {
            throw new IllegalArgumentException("Give a server's URL, its process id, and a token in GRAPHYN_TOKEN.");
        }
        int questions = args.length > 2 ? Integer.parseInt(args[2]) : 500;
        SearchLoad load = new SearchLoad(new Server(URI.create(args[0]), token), Path.of("/proc", args[1], "status"));
        String agent = args.length > 3 && !args[3].equals("-")
                ? args[3]
                : load.fill(args.length > 4 ? Integer.parseInt(args[4]) : 100_000);
        load.search(agent, questions);
    }

    private String fill(int messages) throws IOException, InterruptedException {
        String agent = server.newAgent("search load");
        long start = System.nanoTime();
        for (int from = 0; from < messages; from += PER_SESSION) {
            List<String> texts = new ArrayList<>();
            for (int i = from; i < Math.min(messages, from + PER_SESSION); i++) {
                texts.add(words.text(random, 1 + random.nextInt(2 * WORDS_PER_TURN)));
            }
            server.say(agent, "session-" + from / PER_SESSION, texts);
            if (from % BATCH == 0) {
                // No further ahead than memory can follow: what waits is not to be measured here.
                server.awaitMemory(agent);
            }
        }
        server.awaitMemory(agent);
        OUT.printf("agent %s: %,d messages in %.1f s%n", agent, messages, (System.nanoTime() - start) / 1e9);
        return agent;
    }

    private void search(String agent, int questions) throws IOException, InterruptedException {
        OUT.printf("nodes %s; %,d MiB resident%n", server.awaitMemory(agent).get("nodes"), resident());
        OUT.printf(
                "first search: %.0f ms, then %,d MiB resident%n",
                server.search(agent, question(), LIMIT).nanos() / 1e6, resident());
        ask(agent, WARM_UP);
        OUT.printf("search: %s%n", Percentiles.of(ask(agent, questions)));
        List<Long> written = new ArrayList<>();
        for (int i = 0; i < questions / 4; i++) {
            long seq = server.say(agent, "session-last", List.of(words.text(random, WORDS_PER_TURN)));
            written.add(server.search(agent, question(), LIMIT, seq).nanos());
        }
        OUT.printf("search right after a message, with it: %s; %,d MiB%n", Percentiles.of(written), resident());
    }

    private List<Long> ask(String agent, int questions) throws IOException, InterruptedException {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < questions; i++) {
            nanos.add(server.search(agent, question(), LIMIT).nanos());
        }
        return nanos;
    }

    private String question() {
        return words.text(random, WORDS_PER_QUESTION);
    }

    /** @return the server's resident set (proc(5), VmRSS), in MiB */
    private long resident() throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        throw new IOException("the process's memory can't be read");
    }
}

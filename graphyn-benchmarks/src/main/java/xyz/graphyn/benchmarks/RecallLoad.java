package xyz.graphyn.benchmarks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.recall.Recall;
import xyz.graphyn.adapter.recall.RecallConfiguration;
import xyz.graphyn.adapter.recall.embedding.EmbedderConfiguration;
import xyz.graphyn.application.memory.Embedder;
import xyz.graphyn.application.memory.MemoryChanges;
import xyz.graphyn.application.recall.RecallIndex;
import xyz.graphyn.application.recall.RecallQuery;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;
import xyz.graphyn.domain.masking.RulesVersion;
import xyz.graphyn.domain.memory.Embedding;
import xyz.graphyn.domain.memory.Message;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.RememberedNode;
import xyz.graphyn.domain.memory.Span;

/**
 * How long recall takes in one agent's large memory, without a database and without HTTP: {@code RecallLoad [nodes] [questions]}.
 * It says how long the memory takes to open, what it takes of the heap, how long a search takes on one thread, and what the local
 * model needs for a text. Words are as frequent as in a language (Zipf), drawn with a fixed seed.
 */
public final class RecallLoad {
    private static final int WORDS_PER_TURN = 25;
    private static final int TURNS_PER_SESSION = 40;
    private static final int WORDS_PER_QUESTION = 9;
    private static final int DIMENSIONS = 384;
    private static final int WARM_UP = 300;
    private static final RulesVersion RULES = RulesVersion.of(1, 0);
    private static final AgentKey AGENT = new AgentKey(new OrganizationId(new UUID(0, 1)), new AgentId(new UUID(0, 2)));

    private RecallLoad() {}

    public static void main(String[] arguments) {
        int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
        int questions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 500;
        embedding();
        searching(nodes, questions);
    }

    private static void embedding() {
        RecallConfiguration one = new RecallConfiguration(EmbedderConfiguration.local(1), 1L << 30, 1, 100);
        try (Recall recall = Recall.open(one, new Generated(0, List.of()))) {
            Embedder embedder = recall.embedder().orElseThrow();
            Random random = new Random(5);
            GeneratedWords words = new GeneratedWords(random);
            List<String> turns = new ArrayList<>();
            List<String> passages = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                turns.add(words.text(random, WORDS_PER_TURN));
                String text = words.text(random, 300);
                passages.add(text.substring(0, 1_000));
            }
            embedder.embed(turns);
            report("embedding a turn of 25 words", embedder, turns);
            report("embedding a passage of 1,000 characters", embedder, passages);
        }
    }

    private static void report(String what, Embedder embedder, List<String> texts) {
        long start = System.nanoTime();
        embedder.embed(texts);
        say("%s: %.2f ms", what, (System.nanoTime() - start) / 1e6 / texts.size());
    }

    private static void searching(int nodes, int questions) {
        Random random = new Random(7);
        GeneratedWords words = new GeneratedWords(random);
        List<RememberedNode> remembered = new ArrayList<>(nodes);
        for (int i = 0; i < nodes; i++) {
            remembered.add(node(i, words.text(random, 1 + random.nextInt(2 * WORDS_PER_TURN)), random));
        }
        RecallConfiguration one = new RecallConfiguration(EmbedderConfiguration.local(1), 4L << 30, 1, 100);
        try (Recall recall = Recall.open(one, new Generated(nodes, remembered))) {
            RecallIndex index = recall.index();
            long start = System.nanoTime();
            index.search(AGENT, query("anything", null));
            say("%,d nodes opened in %.0f ms", nodes, (System.nanoTime() - start) / 1e6);
            say("%,d MiB, as counted", recall.memoryBytes() >> 20);
            time(index, questions, null, words, random);
            time(index, questions, RULES, words, random);
        }
    }

    private static void time(
            RecallIndex index, int questions, @Nullable RulesVersion provenBy, GeneratedWords words, Random random) {
        for (int i = 0; i < WARM_UP; i++) {
            index.search(AGENT, query(words.text(random, WORDS_PER_QUESTION), provenBy));
        }
        double[] first = new double[questions];
        double[] again = new double[questions];
        for (int i = 0; i < questions; i++) {
            RecallQuery query = query(words.text(random, WORDS_PER_QUESTION), provenBy);
            first[i] = millis(index, query);
            again[i] = millis(index, query);
        }
        say("search, %s: %s", provenBy == null ? "raw" : "masked", percentiles(first));
        say("the same question again: %s", percentiles(again));
    }

    private static double millis(RecallIndex index, RecallQuery query) {
        long start = System.nanoTime();
        index.search(AGENT, query);
        return (System.nanoTime() - start) / 1e6;
    }

    private static String percentiles(double[] millis) {
        Arrays.sort(millis);
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms",
                millis[millis.length / 2],
                millis[millis.length * 95 / 100],
                millis[millis.length * 99 / 100]);
    }

    private static RecallQuery query(String text, @Nullable RulesVersion provenBy) {
        return new RecallQuery(text, Set.of(), Set.of(), Set.of(), null, null, null, 50, 0, provenBy);
    }

    private static RememberedNode node(int number, String text, Random random) {
        byte[] vector = new byte[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = (byte) Math.clamp(Math.round(random.nextGaussian() * 21), -127, 127);
        }
        Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * number);
        Node node = new Node(
                new NodeId(new UUID(0, number)),
                AGENT.agent(),
                Message.TYPE,
                text,
                List.of(),
                new Json("{\"role\":\"" + (number % 2 == 0 ? "user" : "assistant") + "\"}"),
                WORDS_PER_TURN,
                "session-" + number / TURNS_PER_SESSION,
                null,
                null,
                null,
                at,
                at,
                at,
                Findings.none(RULES));
        return new RememberedNode(
                node,
                Optional.of(new Embedding(
                        "generated", List.of(new Embedding.Passage(new Span(0, text.length()), vector)))));
    }

    private static void say(String what, Object... values) {
        System.out.printf(Locale.ROOT, what + "%n", values);
    }

    /** All nodes, as changes of versions 1 and on. */
    private record Generated(int nodes, List<RememberedNode> remembered) implements MemoryChanges {
        @Override
        public OptionalLong version(AgentKey agent) {
            return OptionalLong.of(nodes);
        }

        @Override
        public Changes since(AgentKey agent, long version, String model, int limit) {
            int from = Math.toIntExact(version);
            int to = Math.min(nodes, from + limit);
            return new Changes(remembered.subList(from, to), List.of(), to, to < nodes);
        }
    }
}

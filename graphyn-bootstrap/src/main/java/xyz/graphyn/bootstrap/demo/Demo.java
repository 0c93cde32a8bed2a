package xyz.graphyn.bootstrap.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Plays half a year between Nora, who runs a bakery, and her assistant, and then asks what it was about. */
public final class Demo {
    private static final int BUDGET = 200;
    private static final Duration LONGEST_PROCESSING = Duration.ofSeconds(60);

    private static final List<String> QUESTIONS = List.of(
            "What must not be in the food when Tomas comes to lunch?",
            "When do we fly to Lisbon?",
            "Who sells us which flour, and for how much?",
            "How much water goes into the rye?",
            "What did I promise Greta for her birthday?");

    private final DemoClient client;
    private final PrintWriter out;

    private Demo(DemoClient client, PrintWriter out) {
        this.client = client;
        this.out = out;
    }

    /** @param token of somebody who may create agents */
    public static void play(URI server, String token, PrintWriter out)
            throws DemoException, IOException, InterruptedException {
        try (DemoClient client = new DemoClient(server, token)) {
            new Demo(client, out).play();
        }
    }

    private void play() throws DemoException, IOException, InterruptedException {
        List<String> messages = conversation();
        String agent = client.post("/agents", "{\"name\":\"Nora's assistant\"}")
                .get("id")
                .asString();
        long start = System.nanoTime();
        client.post("/agents/" + agent + "/events/batch", "{\"events\":[" + String.join(",", messages) + "]}");
        JsonNode memory = processed(agent);
        out.printf(
                Locale.ROOT,
                "%nHalf a year between Nora, who runs a bakery, and her assistant: %d messages, %,d tokens,%n"
                        + "in memory after %.1f s. No language model was asked.%n",
                memory.get("nodes").asLong(),
                memory.get("tokens").asLong(),
                (System.nanoTime() - start) / 1e9);
        long context = 0;
        long baseline = 0;
        for (String question : QUESTIONS) {
            JsonNode usage = ask(agent, question);
            context += usage.get("contextTokens").asLong();
            baseline += usage.get("baselineTokens").asLong();
        }
        out.printf(
                Locale.ROOT,
                "%nThe meter: %d questions, %,d tokens of context instead of %,d of history: %.0f %% saved.%n",
                QUESTIONS.size(),
                context,
                baseline,
                100.0 * (baseline - context) / baseline);
        out.flush();
    }

    private static List<String> conversation() throws IOException {
        try (InputStream in = Objects.requireNonNull(Demo.class.getResourceAsStream("conversation.ndjson"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private JsonNode processed(String agent) throws DemoException, InterruptedException {
        long deadline = System.nanoTime() + LONGEST_PROCESSING.toNanos();
        while (true) {
            JsonNode memory = client.get("/agents/" + agent + "/memory");
            if (memory.get("processedSeq").asLong() == memory.get("eventHead").asLong()) {
                return memory;
            }
            if (System.nanoTime() - deadline > 0) {
                throw new DemoException("Memory doesn't get on: " + memory);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private JsonNode ask(String agent, String question) throws DemoException, InterruptedException {
        String body = "{\"query\":" + client.quoted(question) + ",\"tokenBudget\":" + BUDGET + "}";
        long start = System.nanoTime();
        JsonNode context = client.post("/agents/" + agent + "/context", body);
        double millis = (System.nanoTime() - start) / 1e6;
        JsonNode usage = context.get("usage");
        out.printf(Locale.ROOT, "%n> %s%n", question);
        context.get("text").asString().lines().forEach(line -> out.printf(Locale.ROOT, "  %s%n", line));
        out.printf(
                Locale.ROOT,
                "  -- %d tokens instead of %,d, in %.0f ms%n",
                usage.get("contextTokens").asLong(),
                usage.get("baselineTokens").asLong(),
                millis);
        out.flush();
        return usage;
    }
}

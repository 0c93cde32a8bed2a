package xyz.graphyn.benchmarks.recall;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import xyz.graphyn.benchmarks.recall.Corpus.Conversation;
import xyz.graphyn.benchmarks.recall.Corpus.Question;
import xyz.graphyn.benchmarks.recall.Server.Answer;
import xyz.graphyn.benchmarks.recall.Server.Ingested;

/**
 * How much of the evidence for a question is among the first nodes that a search finds, and in a context of a few percent of
 * the conversation's tokens. Each conversation becomes an agent of its own, which is removed at the end; beside it stands
 * plain BM25 on the same turns.
 *
 * <p>Arguments: the server's URL, the file of a {@link Corpus}, and the sets to be evaluated (all). The token is that of the
 * environment's {@code GRAPHYN_TOKEN}; it must be allowed to create agents.
 */
public final class RecallEvaluation {
    private static final int[] FIRST = {5, 10, 20, 50};
    private static final double[] BUDGETS = {0.025, 0.05, 0.10};
    private static final PrintStream OUT = System.out;

    private final Server server;
    private final Scores scores = new Scores();
    private final Scores plain = new Scores();
    private final List<Long> searches = new ArrayList<>();
    private final List<Long> contexts = new ArrayList<>();
    private final List<Double> savings = new ArrayList<>();

    private RecallEvaluation(Server server) {
        this.server = server;
    }

    public static void main(String[] arguments) throws Exception {
        String token = System.getenv("GRAPHYN_TOKEN");
        if (arguments.length < 2 || token == null) {
            OUT.println("Arguments: URL FILE [SET…], and the environment's GRAPHYN_TOKEN");
            return;
        }
        List<String> wanted = List.of(arguments).subList(2, arguments.length);
        RecallEvaluation evaluation = new RecallEvaluation(new Server(URI.create(arguments[0]), token));
        for (Conversation conversation : Corpus.read(Path.of(arguments[1])).conversations()) {
            if (wanted.isEmpty() || wanted.contains(conversation.set())) {
                evaluation.evaluate(conversation);
            }
        }
        evaluation.print();
    }

    private void evaluate(Conversation conversation) throws Exception {
        Ingested ingested = server.ingest(conversation);
        OUT.printf(
                Locale.ROOT,
                "%s %s: %d turns, %d tokens, %.0f a second, searchable %d ms after the last%n",
                conversation.set(),
                conversation.id(),
                ingested.events(),
                ingested.tokens(),
                ingested.events() * 1e9 / ingested.nanos(),
                ingested.lagMillis());
        try (PlainRanking bm25 = new PlainRanking(conversation)) {
            for (Question question : conversation.questions()) {
                double[] recall = ask(ingested, question);
                double[] without = new double[FIRST.length];
                List<String> found = bm25.search(question.question(), FIRST[FIRST.length - 1]);
                for (int i = 0; i < FIRST.length; i++) {
                    without[i] = Scores.recall(found, FIRST[i], question.evidence());
                }
                for (String group : List.of(conversation.set(), conversation.set() + " / " + question.category())) {
                    scores.add(group, recall);
                    plain.add(group, without);
                }
            }
        } finally {
            server.remove(ingested.agent());
        }
    }

    private double[] ask(Ingested ingested, Question question) throws Exception {
        double[] recall = new double[FIRST.length + BUDGETS.length];
        Answer found = server.search(ingested.agent(), question.question(), FIRST[FIRST.length - 1]);
        searches.add(found.nanos());
        for (int i = 0; i < FIRST.length; i++) {
            recall[i] = Scores.recall(found.turns(), FIRST[i], question.evidence());
        }
        for (int i = 0; i < BUDGETS.length; i++) {
            long budget = Math.max(1, Math.round(BUDGETS[i] * ingested.tokens()));
            Answer context = server.context(ingested.agent(), question.question(), budget);
            contexts.add(context.nanos());
            if (context.tokens() > budget) {
                throw new IllegalStateException("a context of " + context.tokens() + " tokens for " + budget);
            }
            savings.add(1 - (double) context.tokens() / ingested.tokens());
            recall[FIRST.length + i] = Scores.recall(context.turns(), Integer.MAX_VALUE, question.evidence());
        }
        return recall;
    }

    private void print() {
        OUT.println();
        OUT.println(
                "| questions | n | R@5 | R@10 | R@20 | R@50 | at 2.5 % | at 5 % | at 10 % | BM25 R@5 | R@10 | R@20 | R@50 |");
        OUT.println("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (String group : scores.groups()) {
            StringBuilder row = new StringBuilder("| " + group + " | " + scores.count(group) + " |");
            for (double value : scores.mean(group)) {
                row.append(String.format(Locale.ROOT, " %.1f |", 100 * value));
            }
            for (double value : plain.mean(group)) {
                row.append(String.format(Locale.ROOT, " %.1f |", 100 * value));
            }
            OUT.println(row);
        }
        OUT.println();
        OUT.printf(
                Locale.ROOT,
                "token saving on average %.1f %%%n",
                100
                        * savings.stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElse(0));
        latency("search", searches);
        latency("context", contexts);
    }

    private static void latency(String what, List<Long> nanos) {
        Collections.sort(nanos);
        OUT.printf(
                Locale.ROOT,
                "%s: p50 %.1f ms, p95 %.1f ms, p99 %.1f ms (%d)%n",
                what,
                percentile(nanos, 0.50),
                percentile(nanos, 0.95),
                percentile(nanos, 0.99),
                nanos.size());
    }

    private static double percentile(List<Long> sorted, double share) {
        return sorted.isEmpty()
                ? 0
                : sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size()))) / 1e6;
    }
}

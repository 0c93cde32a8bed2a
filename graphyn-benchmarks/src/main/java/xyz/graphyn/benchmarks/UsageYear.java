package xyz.graphyn.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.adapter.postgres.Credentials;
import xyz.graphyn.adapter.postgres.PostgresConfiguration;
import xyz.graphyn.adapter.postgres.PostgresMigrations;
import xyz.graphyn.adapter.postgres.PostgresStorage;
import xyz.graphyn.application.usage.UsageFilter;
import xyz.graphyn.application.usage.UsagePart;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.usage.ContextUsage;
import xyz.graphyn.domain.usage.UsageId;
import xyz.graphyn.domain.usage.UsageRow;

/**
 * The meter over a year of one organization: a million contexts of 200 users, 50 agents, 4 models and 100,000 sessions, spread
 * by lot, which is worse than what people do, since nearly every row has sums of its own. How long each question takes, the
 * median and the worst of twenty; and how long the row of a context does, alone and among 64.
 *
 * <p>Arguments: rows (1,000,000).
 */
public final class UsageYear {
    private static final PrintStream OUT = System.out;
    private static final String PASSWORD = "not-a-secret";
    private static final UUID ORGANIZATION = new UUID(0x7000, 1);
    private static final LocalDate FIRST = LocalDate.parse("2025-01-01");
    private static final AtomicLong IDS = new AtomicLong();

    private UsageYear() {}

    public static void main(String[] arguments) throws Exception {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "4GB")
                .start()) {
            String url = prepare(postgres, rows);
            PostgresConfiguration configuration = new PostgresConfiguration(
                    url, new Credentials("graphyn_app", PASSWORD), 10, Duration.ofSeconds(10), Duration.ofSeconds(60));
            try (PostgresStorage storage = new PostgresStorage(configuration, UsageYear::id, run -> {})) {
                ask(storage);
                write(storage, 1, 500);
                write(storage, 64, 100);
            }
        }
    }

    private static UUID id() {
        return new UUID(0x7fff, IDS.incrementAndGet());
    }

    private static String prepare(EmbeddedPostgres postgres, int rows) throws SQLException {
        String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE graphyn_app LOGIN PASSWORD '" + PASSWORD + "'");
            new PostgresMigrations(url, new Credentials("postgres", "postgres"), "graphyn_app").migrate();
            statement.execute("SET search_path = graphyn");
            long start = System.nanoTime();
            statement.execute("SELECT setseed(0.5)");
            statement.execute("""
                    INSERT INTO token_usage (organization_id, usage_id, at, agent_id, subject, session_id, model, sent,
                        baseline, window_tokens, tokenizer, measured)
                    SELECT '%s'::uuid, lpad(to_hex(n), 32, '0')::uuid, '%s'::timestamptz + n * (interval '365 days' / %d),
                        lpad(to_hex((random() * 49)::int), 32, '0')::uuid, 'user-' || (random() * 199)::int,
                        'chat-' || (n / 10), 'model-' || (random() * 3)::int, 1000, 20000, 4000, 'o200k_base', true
                    FROM generate_series(0, %d - 1) n""".formatted(ORGANIZATION, FIRST, rows, rows));
            for (String subject : List.of("subject", "''")) {
                statement.execute("""
                        INSERT INTO usage_day SELECT organization_id, %1$s, (at AT TIME ZONE 'UTC')::date, agent_id, model,
                            count(*), 0, sum(sent), sum(baseline), sum(window_tokens), 0, 0, 0, 0, 0, 0, 0, NULL
                        FROM token_usage GROUP BY 1, 2, 3, 4, 5""".formatted(subject));
                statement.execute("""
                        INSERT INTO usage_session SELECT organization_id, %1$s, agent_id, session_id, max(at), count(*), 0,
                            sum(sent), sum(baseline), sum(window_tokens), 0, 0, 0, 0, 0, 0, 0, NULL
                        FROM token_usage GROUP BY 1, 2, 3, 4""".formatted(subject));
            }
            statement.execute("VACUUM ANALYZE");
            OUT.printf("%,d rows made in %,d s%n", rows, (System.nanoTime() - start) / 1_000_000_000);
        }
        return url;
    }

    private static void ask(PostgresStorage storage) {
        OrganizationId organization = new OrganizationId(ORGANIZATION);
        OUT.println("| question over a year | ms, median | ms, worst |\n|---|---|---|");
        for (@Nullable String subject : Arrays.asList(null, "user-7")) {
            String who = subject == null ? "an admin" : "a user";
            UsageFilter year = new UsageFilter(subject, FIRST, FIRST.plusDays(366), null, null);
            UsageFilter agent =
                    new UsageFilter(subject, FIRST, FIRST.plusDays(366), new AgentId(new UUID(0, 7)), "model-1");
            time(
                    who + ", totals",
                    () -> storage.usage().totals(organization, year).requests());
            time(
                    who + ", totals of one agent and model",
                    () -> storage.usage().totals(organization, agent).requests());
            for (UsagePart.By by : UsagePart.By.values()) {
                time(
                        who + ", by " + by,
                        () -> storage.usage()
                                .parts(organization, year, by, 1_001)
                                .size());
            }
        }
    }

    private interface Question {
        long ask();
    }

    private static void time(String what, Question question) {
        long found = question.ask();
        long[] nanos = IntStream.range(0, 20)
                .mapToLong(i -> {
                    long start = System.nanoTime();
                    question.ask();
                    return System.nanoTime() - start;
                })
                .sorted()
                .toArray();
        OUT.printf("| %s (%,d) | %.1f | %.1f |%n", what, found, nanos[10] / 1e6, nanos[19] / 1e6);
    }

    private static void write(PostgresStorage storage, int callers, int each) throws InterruptedException {
        AgentKey agent = new AgentKey(new OrganizationId(ORGANIZATION), new AgentId(new UUID(0, 7)));
        long[][] nanos = new long[callers][each];
        List<Thread> threads = IntStream.range(0, callers)
                .mapToObj(caller -> Thread.ofVirtual().unstarted(() -> {
                    for (int i = 0; i < each; i++) {
                        long start = System.nanoTime();
                        CompletableFuture<UsageId> written = storage.usage()
                                .write(new UsageRow.Assembled(
                                        new UsageRow.Origin(
                                                new UsageId(id()),
                                                Instant.parse("2025-12-31T12:00:00Z"),
                                                agent,
                                                "user-" + caller,
                                                "new-" + caller,
                                                "model-1"),
                                        new ContextUsage(1_000, 20_000, 4_000, "o200k_base", true)));
                        written.join();
                        nanos[caller][i] = System.nanoTime() - start;
                    }
                }))
                .toList();
        long start = System.nanoTime();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] all = Arrays.stream(nanos).flatMapToLong(Arrays::stream).sorted().toArray();
        OUT.printf(
                "%d callers: %,.0f rows/s, p50 %.1f ms, p99 %.1f ms%n",
                callers, all.length / seconds, all[all.length / 2] / 1e6, all[all.length * 99 / 100] / 1e6);
    }
}

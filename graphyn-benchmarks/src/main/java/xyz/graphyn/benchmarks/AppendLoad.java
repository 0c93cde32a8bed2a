package xyz.graphyn.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import xyz.graphyn.adapter.postgres.Credentials;
import xyz.graphyn.adapter.postgres.PostgresConfiguration;
import xyz.graphyn.adapter.postgres.PostgresMigrations;
import xyz.graphyn.adapter.postgres.PostgresStorage;
import xyz.graphyn.application.access.ExternalOrganization;
import xyz.graphyn.application.append.EventBatch;
import xyz.graphyn.application.append.EventBatch.NewEvent;
import xyz.graphyn.domain.access.Actor;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.agent.Agent;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.agent.AgentProfile;
import xyz.graphyn.domain.audit.AuditAction;
import xyz.graphyn.domain.audit.AuditEntry;
import xyz.graphyn.domain.event.EventDraft;
import xyz.graphyn.domain.event.EventId;
import xyz.graphyn.domain.json.Json;
import xyz.graphyn.domain.masking.Findings;

/**
 * The appender beside plain JDBC on the same server: single events by 1, 32 and 128 callers, to one agent and to a hundred,
 * against an insert and a commit for each event on as many connections as the pool has; and batches of 100 against inserts
 * of 100 rows. The plain side writes the same table, but no head, no span, no audit entry, and numbers nothing.
 *
 * <p>Arguments: seconds for each run (4), rounds (3), connections (10).
 */
public final class AppendLoad {
    private static final String PASSWORD = "not-a-secret";
    private static final int AGENTS = 100;
    private static final int BATCH = 100;
    private static final Json PAYLOAD = new Json("{\"role\":\"user\",\"content\":\"" + "hello ".repeat(30) + "\"}");

    private static final String PLAIN = """
            INSERT INTO event (organization_id, agent_id, event_id, seq, occurred_at, received_at, type, payload)
            VALUES (?, ?, ?, ?, ?, ?, 'message', ?::json)""";

    private static final PrintStream OUT = System.out;

    private final PostgresStorage storage;
    private final HikariDataSource plain;
    private final List<AgentKey> agents = new ArrayList<>();
    private final List<AgentKey> plainAgents = new ArrayList<>();
    private final AtomicLong plainSeq = new AtomicLong();

    private AppendLoad(PostgresStorage storage, HikariDataSource plain) {
        this.storage = storage;
        this.plain = plain;
        OrganizationId organization = storage.organizations()
                .resolve(new ExternalOrganization("benchmark", ExternalOrganization.Kind.ORGANIZATION, "one"));
        for (int i = 0; i < 2 * AGENTS; i++) {
            AgentProfile profile = new AgentProfile("agent " + i, null, null, null, Json.EMPTY);
            Agent agent = new Agent(new AgentId(id()), organization, profile, "ada", now(), now(), Findings.UNSCANNED);
            storage.agents().insert(agent);
            (i < AGENTS ? agents : plainAgents).add(agent.key());
        }
    }

    public static void main(String[] arguments) throws Exception {
        List<Integer> given = IntStream.range(0, 3)
                .map(i -> arguments.length > i
                        ? Integer.parseInt(arguments[i])
                        : List.of(4, 3, 10).get(i))
                .boxed()
                .toList();
        // As a server is run that may not lose what it answered: fsync and synchronous_commit stay on.
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "200")
                .setServerConfig("shared_buffers", "256MB")
                .setServerConfig("max_wal_size", "4GB")
                .start()) {
            String url = prepare(postgres);
            Credentials app = new Credentials("graphyn_app", PASSWORD);
            PostgresConfiguration configuration =
                    new PostgresConfiguration(url, app, given.get(2), Duration.ofSeconds(10), Duration.ofSeconds(20));
            try (PostgresStorage storage = new PostgresStorage(configuration, AppendLoad::id, run -> {});
                    HikariDataSource plain = new HikariDataSource()) {
                plain.setJdbcUrl(url + "?currentSchema=graphyn");
                plain.setUsername("postgres");
                plain.setPassword("postgres");
                plain.setMaximumPoolSize(given.get(2));
                plain.setAutoCommit(true);
                new AppendLoad(storage, plain).run(Duration.ofSeconds(given.get(0)), given.get(1));
            }
        }
    }

    private static String prepare(EmbeddedPostgres postgres) throws SQLException, IOException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE graphyn_owner LOGIN PASSWORD '" + PASSWORD + "'");
            statement.execute("CREATE ROLE graphyn_app LOGIN PASSWORD '" + PASSWORD + "'");
            statement.execute("CREATE DATABASE graphyn OWNER graphyn_owner TEMPLATE template0 ENCODING 'UTF8'");
        }
        String url = "jdbc:postgresql://localhost:" + postgres.getPort() + "/graphyn";
        new PostgresMigrations(url, new Credentials("graphyn_owner", PASSWORD), "graphyn_app").migrate();
        return url;
    }

    private void run(Duration time, int rounds) throws Exception {
        for (int warm = 0; warm < 2; warm++) {
            Callers.run(32, time, (caller, number) -> append(caller % AGENTS, 1));
            Callers.run(32, time, (caller, number) -> insert(caller % AGENTS, 1));
            Callers.run(8, time.dividedBy(2), (caller, number) -> append(caller % AGENTS, BATCH));
            Callers.run(8, time.dividedBy(2), (caller, number) -> insert(caller % AGENTS, BATCH));
        }
        OUT.println("case                          round  events/s  p50 ms  p99 ms | plain/s  p50 ms  p99 ms | ratio");
        for (int round = 1; round <= rounds; round++) {
            for (int callers : new int[] {1, 32, 128}) {
                for (int spread : new int[] {1, AGENTS}) {
                    Callers.Measured ours =
                            Callers.run(callers, time, (caller, number) -> append((caller + number) % spread, 1));
                    Callers.Measured theirs =
                            Callers.run(callers, time, (caller, number) -> insert((caller + number) % spread, 1));
                    print(callers + " callers, " + spread + " agents", round, 1, ours, theirs);
                }
            }
            for (int callers : new int[] {1, 8}) {
                Callers.Measured ours =
                        Callers.run(callers, time, (caller, number) -> append((caller + number) % AGENTS, BATCH));
                Callers.Measured theirs =
                        Callers.run(callers, time, (caller, number) -> insert((caller + number) % AGENTS, BATCH));
                print(callers + " callers, batches", round, BATCH, ours, theirs);
            }
        }
    }

    private static void print(String name, int round, int size, Callers.Measured ours, Callers.Measured theirs) {
        OUT.printf(
                "%-30s %4d %9.0f %7.2f %7.2f | %7.0f %7.2f %7.2f | %5.2f%n",
                name,
                round,
                size * ours.perSecond(),
                ours.millis(0.5),
                ours.millis(0.99),
                size * theirs.perSecond(),
                theirs.millis(0.5),
                theirs.millis(0.99),
                ours.perSecond() / theirs.perSecond());
    }

    private void append(int agent, int size) {
        AgentKey key = agents.get(agent);
        List<NewEvent> events = IntStream.range(0, size)
                .mapToObj(i -> new NewEvent(
                        new EventId(id()), new EventDraft("message", PAYLOAD, null, null, null), Findings.UNSCANNED))
                .toList();
        storage.appender().recordEvents(new EventBatch(key, events, now(), outcome -> audit(key, outcome.size())));
    }

    private static AuditEntry audit(AgentKey key, int count) {
        return new AuditEntry(
                id(),
                key.organization(),
                now(),
                new Actor("ada", null),
                AuditAction.EVENTS_RECORDED,
                new AuditEntry.Target(
                        AuditEntry.Target.Kind.AGENT,
                        key.agent().value(),
                        key.agent().value()),
                "request",
                Map.of("count", Integer.toString(count)));
    }

    /** As many rows as {@code size}, in one statement. */
    private void insert(int agent, int size) throws SQLException {
        AgentKey key = plainAgents.get(agent);
        String sql = size == 1 ? PLAIN : PLAIN + ", (?, ?, ?, ?, ?, ?, 'message', ?::json)".repeat(size - 1);
        try (Connection connection = plain.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            OffsetDateTime at = now().atOffset(ZoneOffset.UTC);
            int position = 1;
            for (int i = 0; i < size; i++) {
                statement.setObject(position++, key.organization().value());
                statement.setObject(position++, key.agent().value());
                statement.setObject(position++, id());
                statement.setLong(position++, plainSeq.incrementAndGet());
                statement.setObject(position++, at);
                statement.setObject(position++, at);
                statement.setString(position++, PAYLOAD.text());
            }
            statement.executeUpdate();
        }
    }

    /** In the order of time, as the ids of the server are. */
    private static UUID id() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long millis = System.currentTimeMillis();
        return new UUID(
                (millis << 16) | 0x7000 | random.nextInt(0x1000), 0x8000_0000_0000_0000L | (random.nextLong() >>> 2));
    }

    private static Instant now() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }
}

package xyz.graphyn.bootstrap;

import java.net.BindException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import xyz.graphyn.adapter.detection.Detection;
import xyz.graphyn.adapter.http.Authentication;
import xyz.graphyn.adapter.http.Features;
import xyz.graphyn.adapter.http.HttpConfiguration;
import xyz.graphyn.adapter.http.HttpServer;
import xyz.graphyn.adapter.http.identity.SessionTokens;
import xyz.graphyn.adapter.postgres.PostgresRole;
import xyz.graphyn.adapter.postgres.PostgresStorage;
import xyz.graphyn.adapter.recall.Recall;
import xyz.graphyn.adapter.redis.RedisAdapter;
import xyz.graphyn.application.access.SignIn;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.agent.AgentQueries;
import xyz.graphyn.application.agent.ManageAgents;
import xyz.graphyn.application.agent.PurgeRemovedAgents;
import xyz.graphyn.application.audit.AuditEntries;
import xyz.graphyn.application.computing.ComputePool;
import xyz.graphyn.application.event.EventQueries;
import xyz.graphyn.application.event.RecordEvents;
import xyz.graphyn.application.failure.FailureLog;
import xyz.graphyn.application.failure.FailureQueries;
import xyz.graphyn.application.health.SystemHealth;
import xyz.graphyn.application.idempotency.IdempotentRequests;
import xyz.graphyn.application.identifier.IdGenerator;
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.application.masking.EdgeDisclosures;
import xyz.graphyn.application.masking.ManageMasking;
import xyz.graphyn.application.masking.PreviewMasking;
import xyz.graphyn.application.masking.RescanStaleRows;
import xyz.graphyn.application.masking.SensitiveData;
import xyz.graphyn.application.masking.StreamDisclosures;
import xyz.graphyn.application.memory.EdgeQueries;
import xyz.graphyn.application.memory.Embedder;
import xyz.graphyn.application.memory.ManageEdges;
import xyz.graphyn.application.memory.ManageNodes;
import xyz.graphyn.application.memory.MemoryLinking;
import xyz.graphyn.application.memory.MemoryListener;
import xyz.graphyn.application.memory.MemoryPipeline;
import xyz.graphyn.application.memory.MemoryQueries;
import xyz.graphyn.application.memory.MemorySteps;
import xyz.graphyn.application.memory.MessageNodes;
import xyz.graphyn.application.memory.NodeEmbeddings;
import xyz.graphyn.application.memory.NodeQueries;
import xyz.graphyn.application.memory.RetrySetAside;
import xyz.graphyn.application.memory.SearchableDelay;
import xyz.graphyn.application.recall.AssembleContext;
import xyz.graphyn.application.recall.MemoryProgress;
import xyz.graphyn.application.recall.SearchMemory;
import xyz.graphyn.application.settings.CurrentSettings;
import xyz.graphyn.application.stream.Streams;
import xyz.graphyn.application.usage.ManageSavings;
import xyz.graphyn.application.usage.MeterContext;
import xyz.graphyn.application.usage.ReportUsage;
import xyz.graphyn.application.usage.TokenCounter;
import xyz.graphyn.application.usage.UsageQueries;
import xyz.graphyn.bootstrap.configuration.ServerConfiguration;
import xyz.graphyn.bootstrap.configuration.ServerConfiguration.Database;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.masking.Recognizers;
import xyz.graphyn.domain.usage.SavingsSettings;

/** A server, wired from its configuration and running. */
final class Server implements AutoCloseable {
    /** Longer than a dependency may take, shorter than a load balancer waits. */
    private static final Duration HEALTH_DEADLINE = Duration.ofSeconds(3);

    /** Anybody may ask, and as often as they like. */
    private static final Duration HEALTH_KEPT = Duration.ofMillis(500);

    /** Times are kept in microseconds, so nothing is told more precisely than it will be read. */
    private static final InstantSource CLOCK = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));

    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final Parts parts;
    private final URI uri;

    private Server(Parts parts, URI uri) {
        this.parts = parts;
        this.uri = uri;
    }

    /**
     * Starts everything; returns when requests are answered.
     *
     * @throws StartException if the schema, the role or the address can't be used
     */
    static Server start(ServerConfiguration configuration) throws StartException {
        Database database = configuration.database();
        if (database.owner() != null) {
            MigrateCommand.migrate(
                    database.storage().jdbcUrl(),
                    database.owner(),
                    database.storage().app().user());
        }
        Parts parts = new Parts();
        try {
            return start(configuration, parts);
        } catch (StartException | RuntimeException failure) {
            parts.close();
            throw failure;
        }
    }

    private static Server start(ServerConfiguration configuration, Parts parts) throws StartException {
        IdGenerator ids = new TimeOrderedIds(CLOCK);
        Commits commits = new Commits();
        PostgresStorage storage =
                parts.add(new PostgresStorage(configuration.database().storage(), ids, commits));
        Optional<String> unfit = PostgresRole.objection(configuration.database().storage());
        if (unfit.isPresent()) {
            throw new StartException(unfit.get());
        }
        FailureLog failures = parts.add(FailureLog.start(storage.failures(), name(ids), ids, CLOCK));
        RedisAdapter redis = parts.add(RedisAdapter.open(configuration.redis(), failures));
        AgentGate gate = new AgentGate(storage.agents());
        AuditEntries entries = new AuditEntries(ids, CLOCK);
        CurrentSettings<MaskingSettings> settings =
                new CurrentSettings<>(storage.maskingSettings()::settings, System::nanoTime);
        CurrentSettings<SavingsSettings> savings =
                new CurrentSettings<>(storage.savingsSettings()::settings, System::nanoTime);
        Recognizers recognizers = Detection.recognizers();
        Detector detector = new Detector(recognizers);
        ComputePool pool = parts.add(
                new ComputePool(ComputePool.Limits.of(Runtime.getRuntime().availableProcessors())));
        SensitiveData data = new SensitiveData(detector, settings, pool);
        Disclosures disclosures = new Disclosures(settings, detector, data, storage.disclosures(), entries);
        EdgeDisclosures edgeDisclosures = new EdgeDisclosures(disclosures, data, entries);
        Streams streams = parts.add(new Streams(
                        gate,
                        storage.events(),
                        storage.eventHeads(),
                        redis.liveChannel(),
                        new StreamDisclosures(disclosures),
                        failures,
                        configuration.streams())
                .start());
        TokenCounter counter = Recall.tokenizers().usual();
        Recall recall = parts.add(Recall.open(configuration.recall(), storage.memoryChanges()));
        MessageNodes messages = new MessageNodes(Recall.messages(), data, counter, ids, CLOCK);
        MemoryProgress progress = new MemoryProgress(storage.memory(), CLOCK);
        MemoryPipeline memory = parts.add(memory(storage, messages, recall.embedder(), progress, ids));
        commits.passTo(streams, memory);
        SessionTokens tokens = parts.add(SessionTokens.open(configuration.identity(), CLOCK));
        PurgeRemovedAgents purge = new PurgeRemovedAgents(storage.removedAgents());
        parts.add(Background.start("purge", purge::run));
        RescanStaleRows rescan = new RescanStaleRows(storage.staleRows(), data, recognizers.version());
        parts.add(Background.start("rescan", rescan::run));
        Features features = new Features(
                new AgentQueries(storage.agents(), disclosures),
                new ManageAgents(
                        storage.agents(),
                        data,
                        disclosures,
                        storage.auditTrail(),
                        entries,
                        storage.unitOfWork(),
                        ids,
                        CLOCK),
                new EventQueries(gate, storage.events(), disclosures),
                new RecordEvents(gate, storage.appender(), storage.events(), data, disclosures, entries, ids, CLOCK),
                new NodeQueries(gate, storage.nodes(), disclosures),
                new ManageNodes(
                        gate, storage.appender(), storage.nodes(), data, disclosures, entries, counter, ids, CLOCK),
                new EdgeQueries(gate, storage.edges(), storage.nodes(), edgeDisclosures),
                new ManageEdges(gate, storage.appender(), storage.edges(), data, edgeDisclosures, entries, ids, CLOCK),
                new SearchMemory(gate, progress, recall.index(), storage.nodes(), disclosures),
                new AssembleContext(
                        gate,
                        progress,
                        recall.index(),
                        storage.nodes(),
                        disclosures,
                        Recall.tokenizers(),
                        Recall.messages(),
                        Recall.words(),
                        savings,
                        new MeterContext(storage.usage(), configuration.models(), ids, CLOCK),
                        pool),
                new ReportUsage(gate, storage.usage(), configuration.models(), ids, CLOCK),
                new UsageQueries(storage.usage(), disclosures, CLOCK),
                new MemoryQueries(gate, storage.memory(), CLOCK),
                new RetrySetAside(gate, storage.memory(), storage.events(), storage.appender(), messages, entries),
                new FailureQueries(storage.failures(), CLOCK),
                new ManageMasking(
                        storage.maskingSettings(),
                        settings,
                        detector,
                        storage.auditTrail(),
                        entries,
                        storage.unitOfWork()),
                new PreviewMasking(settings, detector, data),
                new ManageSavings(
                        storage.savingsSettings(), savings, storage.auditTrail(), entries, storage.unitOfWork()),
                streams,
                failures,
                new SystemHealth(List.of(storage.health(), redis.health()), HEALTH_DEADLINE, HEALTH_KEPT));
        HttpServer http = parts.add(http(configuration.http(), features, storage, tokens, ids));
        try {
            http.start();
        } catch (BindException taken) {
            throw ListenAddress.unusable(configuration.http(), taken);
        }
        return new Server(parts, uri(configuration.http().host(), http.port()));
    }

    private static MemoryPipeline memory(
            PostgresStorage storage,
            MessageNodes messages,
            Optional<Embedder> embedder,
            MemoryListener listener,
            IdGenerator ids) {
        MemorySteps steps = new MemorySteps(
                storage.memoryBacklog(),
                storage.events(),
                storage.appender(),
                messages,
                new NodeEmbeddings(embedder, Recall.messages()),
                new MemoryLinking(
                        storage.memoryChanges(),
                        storage.links(),
                        storage.nodes(),
                        storage.appender(),
                        embedder,
                        Recall.messages(),
                        ids,
                        CLOCK),
                new SearchableDelay(CLOCK),
                listener,
                CLOCK);
        return MemoryPipeline.start(
                steps, storage.memoryBacklog(), MemoryPipeline.USUAL_THREADS, MemoryPipeline.USUAL_PAUSE);
    }

    /** What the notes of this server are told by: a few digits, since there are a few servers. */
    private static String name(IdGenerator ids) {
        String name = String.format(Locale.ROOT, "%08x", (int) ids.next().getLeastSignificantBits());
        LOG.atInfo().addKeyValue("server", name).log("This server is {}", name);
        return name;
    }

    private static HttpServer http(
            HttpConfiguration configuration,
            Features features,
            PostgresStorage storage,
            SessionTokens tokens,
            IdGenerator ids) {
        SignIn signIn = new SignIn(storage.organizations());
        Authentication authentication = token -> signIn.signIn(tokens.verify(token));
        IdempotentRequests idempotentRequests =
                new IdempotentRequests(storage.idempotencyRecords(), storage.unitOfWork(), CLOCK);
        return HttpServer.of(configuration, features, authentication, idempotentRequests, ids, CLOCK);
    }

    private static URI uri(String listening, int port) {
        String host = switch (listening) {
            case "0.0.0.0", "::" -> "127.0.0.1";
            default -> listening;
        };
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /** Where it can be reached from this machine. */
    URI uri() {
        return uri;
    }

    /** Stops taking requests, finishes those under way, and closes everything in reverse order. */
    @Override
    public void close() {
        parts.close();
    }
}

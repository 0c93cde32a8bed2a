package xyz.graphyn.adapter.http;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.BindException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import xyz.graphyn.adapter.http.endpoint.Endpoint;
import xyz.graphyn.adapter.http.endpoint.Endpoints;
import xyz.graphyn.adapter.http.origin.Origin;
import xyz.graphyn.adapter.http.stream.StreamConfiguration;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.agent.AgentQueries;
import xyz.graphyn.application.agent.ManageAgents;
import xyz.graphyn.application.audit.AuditEntries;
import xyz.graphyn.application.audit.DisclosureLog;
import xyz.graphyn.application.computing.ComputePool;
import xyz.graphyn.application.event.CommitListener;
import xyz.graphyn.application.event.EventQueries;
import xyz.graphyn.application.event.RecordEvents;
import xyz.graphyn.application.failure.FailureQueries;
import xyz.graphyn.application.failure.FailureRecorder;
import xyz.graphyn.application.failure.FailureStore;
import xyz.graphyn.application.health.Dependency;
import xyz.graphyn.application.health.SystemHealth;
import xyz.graphyn.application.idempotency.IdempotentRequests;
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.application.masking.EdgeDisclosures;
import xyz.graphyn.application.masking.ManageMasking;
import xyz.graphyn.application.masking.PreviewMasking;
import xyz.graphyn.application.masking.SensitiveData;
import xyz.graphyn.application.masking.StreamDisclosures;
import xyz.graphyn.application.memory.EdgeQueries;
import xyz.graphyn.application.memory.ManageEdges;
import xyz.graphyn.application.memory.ManageNodes;
import xyz.graphyn.application.memory.MemoryQueries;
import xyz.graphyn.application.memory.MessageNodes;
import xyz.graphyn.application.memory.NodeQueries;
import xyz.graphyn.application.memory.RetrySetAside;
import xyz.graphyn.application.recall.AssembleContext;
import xyz.graphyn.application.recall.MemoryProgress;
import xyz.graphyn.application.recall.RecallIndex;
import xyz.graphyn.application.recall.SearchMemory;
import xyz.graphyn.application.settings.CurrentSettings;
import xyz.graphyn.application.stream.Streams;
import xyz.graphyn.application.usage.ManageSavings;
import xyz.graphyn.application.usage.MeterContext;
import xyz.graphyn.application.usage.ReportUsage;
import xyz.graphyn.application.usage.UsageQueries;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.access.Principal;
import xyz.graphyn.domain.access.Role;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.usage.ModelTable;
import xyz.graphyn.domain.usage.ModelTerms;
import xyz.graphyn.domain.usage.Price;
import xyz.graphyn.domain.usage.SavingsSettings;
import xyz.graphyn.domain.usage.Weights;
import xyz.graphyn.testkit.SequentialIds;
import xyz.graphyn.testkit.TestClock;
import xyz.graphyn.testkit.failure.InMemoryFailureStore;
import xyz.graphyn.testkit.masking.SimpleRecognizers;
import xyz.graphyn.testkit.memory.SimpleMessages;
import xyz.graphyn.testkit.memory.WordCounter;
import xyz.graphyn.testkit.storage.InMemoryStorage;
import xyz.graphyn.testkit.storage.Storage;
import xyz.graphyn.testkit.stream.InMemoryLiveChannel;

/** A server with endpoints of a test's own, and a client for it. Tokens read {@code
 * role.subject.organization}, and after another dot the seconds until they expire. */
final class TestApi implements AutoCloseable {
    static final HttpConfiguration.Limits LIMITS = new HttpConfiguration.Limits(
            16 * 1024,
            256 * 1024,
            512 * 1024,
            1024 * 1024,
            200,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
    static final String ADA = "admin.ada.1";
    /** An origin that may use the API. */
    static final String FRIEND = "https://friend.example";
    /** Of one user. */
    static final int MOST_STREAMS = 20;

    static final JsonMapper JSON = new JsonMapper();

    /** One has a price. */
    private static final ModelTable MODELS = new ModelTable(Map.of(
            "priced-",
            new ModelTerms(Weights.USUAL, new Price("EUR", new BigDecimal("2.5"), BigDecimal.TEN), 1_000_000L)));

    private static final TestClock CLOCK = new TestClock();

    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    TestApi(List<Endpoint> endpoints) {
        this(endpoints, LIMITS);
    }

    TestApi(List<Endpoint> endpoints, HttpConfiguration.Limits limits) {
        this(server(configuration(limits), endpoints));
    }

    TestApi(List<Endpoint> endpoints, Lingering lingering) {
        this(server(configuration(LIMITS), endpoints, lingering));
    }

    private TestApi(HttpServer server) {
        this.server = server;
        try {
            server.start();
        } catch (BindException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The whole API, on a storage in memory. */
    static TestApi whole() {
        return whole(configuration(HttpConfiguration.Limits.DEFAULT), CLOCK, failure -> {});
    }

    static TestApi whole(FailureStore failures) {
        return whole(configuration(HttpConfiguration.Limits.DEFAULT), CLOCK, failure -> {}, failures);
    }

    static TestApi whole(HttpConfiguration configuration, TestClock clock, FailureRecorder failures) {
        return whole(configuration, clock, failures, new InMemoryFailureStore());
    }

    /** With another way of writing down who saw what. */
    static TestApi whole(DisclosureLog log) {
        return whole(
                configuration(HttpConfiguration.Limits.DEFAULT),
                CLOCK,
                failure -> {},
                new InMemoryFailureStore(),
                storage -> noting(storage, log));
    }

    /** One whose storage is looked at, or another is put in its place. */
    static TestApi wholeWith(UnaryOperator<Storage> changed) {
        return whole(
                configuration(HttpConfiguration.Limits.DEFAULT),
                CLOCK,
                failure -> {},
                new InMemoryFailureStore(),
                changed);
    }

    private static Storage noting(Storage of, DisclosureLog log) {
        return new Storage(
                of.unitOfWork(),
                of.organizations(),
                of.agents(),
                of.removedAgents(),
                of.nodes(),
                of.edges(),
                of.memoryChanges(),
                of.memory(),
                of.memoryBacklog(),
                of.links(),
                of.events(),
                of.eventHeads(),
                of.appender(),
                of.auditTrail(),
                log,
                of.maskingSettings(),
                of.staleRows(),
                of.idempotency(),
                of.usage(),
                of.savingsSettings(),
                of.auditReader());
    }

    private static TestApi whole(
            HttpConfiguration configuration, TestClock clock, FailureRecorder failures, FailureStore failureStore) {
        return whole(configuration, clock, failures, failureStore, UnaryOperator.identity());
    }

    private static TestApi whole(
            HttpConfiguration configuration,
            TestClock clock,
            FailureRecorder failures,
            FailureStore failureStore,
            UnaryOperator<Storage> changed) {
        AtomicReference<CommitListener> listener = new AtomicReference<>(run -> {});
        Storage storage =
                changed.apply(InMemoryStorage.create(run -> listener.get().recorded(run)));
        Features features = features(storage, failures, failureStore);
        listener.set(features.streams());
        return new TestApi(HttpServer.of(
                configuration,
                features,
                TestApi::authenticate,
                new IdempotentRequests(storage.idempotency(), storage.unitOfWork(), clock),
                new SequentialIds(),
                clock));
    }

    static Features features(Storage storage, FailureRecorder failures) {
        return features(storage, failures, new InMemoryFailureStore());
    }

    private static Features features(Storage storage, FailureRecorder failures, FailureStore failureStore) {
        SequentialIds ids = new SequentialIds();
        AgentGate gate = new AgentGate(storage.agents());
        AuditEntries entries = new AuditEntries(ids, CLOCK);
        CurrentSettings<MaskingSettings> settings =
                new CurrentSettings<>(storage.maskingSettings()::settings, System::nanoTime);
        CurrentSettings<SavingsSettings> savings =
                new CurrentSettings<>(storage.savingsSettings()::settings, System::nanoTime);
        Detector detector = new Detector(new SimpleRecognizers());
        ComputePool pool = new ComputePool(ComputePool.Limits.of(1));
        SensitiveData data = new SensitiveData(detector, settings, pool);
        Disclosures disclosures = new Disclosures(settings, detector, data, storage.disclosures(), entries);
        EdgeDisclosures edgeDisclosures = new EdgeDisclosures(disclosures, data, entries);
        MemoryProgress progress = new MemoryProgress(storage.memory(), CLOCK);
        RecallIndex index = new EverythingFound(storage.nodes());
        Streams streams = new Streams(
                        gate,
                        storage.events(),
                        storage.eventHeads(),
                        new InMemoryLiveChannel(new InMemoryLiveChannel.Bus()),
                        new StreamDisclosures(disclosures),
                        failures,
                        new Streams.Limits(MOST_STREAMS, 2 * MOST_STREAMS, 2))
                .start();
        return new Features(
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
                        gate,
                        storage.appender(),
                        storage.nodes(),
                        data,
                        disclosures,
                        entries,
                        new WordCounter(),
                        ids,
                        CLOCK),
                new EdgeQueries(gate, storage.edges(), storage.nodes(), edgeDisclosures),
                new ManageEdges(gate, storage.appender(), storage.edges(), data, edgeDisclosures, entries, ids, CLOCK),
                new SearchMemory(gate, progress, index, storage.nodes(), disclosures),
                new AssembleContext(
                        gate,
                        progress,
                        index,
                        storage.nodes(),
                        disclosures,
                        new WordTokenizers(),
                        new SimpleMessages(),
                        (text, terms) -> List.of(),
                        savings,
                        new MeterContext(storage.usage(), MODELS, ids, CLOCK),
                        pool),
                new ReportUsage(gate, storage.usage(), MODELS, ids, CLOCK),
                new UsageQueries(storage.usage(), disclosures, CLOCK),
                new MemoryQueries(gate, storage.memory(), CLOCK),
                new RetrySetAside(
                        gate,
                        storage.memory(),
                        storage.events(),
                        storage.appender(),
                        new MessageNodes(new SimpleMessages(), data, new WordCounter(), ids, CLOCK),
                        entries),
                new FailureQueries(failureStore, CLOCK),
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
                new SystemHealth(List.of(new Away()), Duration.ofSeconds(1)));
    }

    /** Those of the whole API, to be looked at only. */
    static List<Endpoint> endpoints() {
        Features features = Unconnected.features();
        return features.endpoints(
                "1.2.3", HttpServer.clients(features, TestApi::authenticate, CLOCK, StreamConfiguration.DEFAULT));
    }

    /** One that is not started yet. */
    static HttpServer server(HttpConfiguration configuration, List<Endpoint> endpoints) {
        return server(configuration, endpoints, new Lingering(Lingering.TIME));
    }

    private static HttpServer server(HttpConfiguration configuration, List<Endpoint> endpoints, Lingering lingering) {
        Storage storage = InMemoryStorage.create();
        return HttpServer.of(
                configuration,
                new Endpoints(endpoints),
                HttpServer.clients(Unconnected.features(), TestApi::authenticate, CLOCK, configuration.streams()),
                TestApi::authenticate,
                new IdempotentRequests(storage.idempotency(), storage.unitOfWork(), CLOCK),
                new SequentialIds(),
                lingering);
    }

    static HttpConfiguration configuration(HttpConfiguration.Limits limits) {
        return configuration(0, limits, StreamConfiguration.DEFAULT);
    }

    static HttpConfiguration configuration(int port, HttpConfiguration.Limits limits, StreamConfiguration streams) {
        byte[] key = "a key for the seals of cursors in tests".getBytes(StandardCharsets.UTF_8);
        return new HttpConfiguration(
                "127.0.0.1",
                port,
                null,
                "1.2.3",
                new SecretKeySpec(key, "HmacSHA256"),
                Set.of(Origin.parse(FRIEND).orElseThrow()),
                limits,
                streams);
    }

    HttpServer server() {
        return server;
    }

    /** An answer, its body as text and as JSON. */
    record Reply(int status, HttpResponse<String> response) {
        String body() {
            return response.body();
        }

        JsonNode json() {
            return JSON.readTree(body());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** The problem's code and, of its first mistake, the place and the code: {@code validation /name required}. */
        String problem() {
            JsonNode json = json();
            JsonNode first = json.path("errors").path(0);
            return (json.path("code").asString()
                            + " "
                            + first.path("pointer").asString("")
                            + first.path("parameter").asString("")
                            + first.path("header").asString("")
                            + " "
                            + first.path("code").asString(""))
                    .trim();
        }
    }

    Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Reply post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /** Signed in as Ada, with JSON where there is a body, unless the headers say otherwise. */
    Reply send(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request =
                request(path).method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return send(request.build());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20))
                .setHeader("Authorization", "Bearer " + ADA);
    }

    Reply send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return new Reply(response.statusCode(), response);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    /** Somebody of organization 1. */
    static Principal principal(Role role) {
        return authenticate(role + ".somebody.1");
    }

    private static Principal authenticate(String token) {
        List<String> parts = List.of(token.split("\\.", -1));
        if (parts.size() < 3) {
            throw new Refusal.NotAuthenticated(
                    token.equals("expired")
                            ? Refusal.NotAuthenticated.Reason.EXPIRED
                            : Refusal.NotAuthenticated.Reason.INVALID);
        }
        return new Principal(
                new OrganizationId(new UUID(0x7000, Long.parseLong(parts.get(2)))),
                parts.get(1),
                Role.valueOf(parts.get(0).toUpperCase(Locale.ROOT)),
                null,
                parts.size() > 3 ? new TestClock().instant().plusSeconds(Long.parseLong(parts.get(3))) : Instant.MAX);
    }

    /** Something that is not required, and not there. */
    private static final class Away implements Dependency {
        @Override
        public String name() {
            return "redis";
        }

        @Override
        public boolean required() {
            return false;
        }

        @Override
        public Status check() {
            return new Status.Down(Duration.ofMillis(3), "connection refused");
        }
    }
}

package xyz.graphyn.application;

import java.util.Optional;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.ExternalOrganization;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.agent.AgentQueries;
import xyz.graphyn.application.agent.ManageAgents;
import xyz.graphyn.application.audit.AuditEntries;
import xyz.graphyn.application.computing.ComputePool;
import xyz.graphyn.application.event.EventQueries;
import xyz.graphyn.application.event.RecordEvents;
import xyz.graphyn.application.idempotency.IdempotentRequests;
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.application.masking.EdgeDisclosures;
import xyz.graphyn.application.masking.ManageMasking;
import xyz.graphyn.application.masking.PreviewMasking;
import xyz.graphyn.application.masking.SensitiveData;
import xyz.graphyn.application.masking.StreamDisclosures;
import xyz.graphyn.application.memory.EdgeQueries;
import xyz.graphyn.application.memory.Embedder;
import xyz.graphyn.application.memory.ManageEdges;
import xyz.graphyn.application.memory.ManageNodes;
import xyz.graphyn.application.memory.MemoryBacklog;
import xyz.graphyn.application.memory.MemoryLinking;
import xyz.graphyn.application.memory.MemoryQueries;
import xyz.graphyn.application.memory.MemorySteps;
import xyz.graphyn.application.memory.MessageNodes;
import xyz.graphyn.application.memory.NodeEmbeddings;
import xyz.graphyn.application.memory.NodeQueries;
import xyz.graphyn.application.memory.RetrySetAside;
import xyz.graphyn.application.memory.SearchableDelay;
import xyz.graphyn.application.recall.AssembleContext;
import xyz.graphyn.application.recall.MemoryProgress;
import xyz.graphyn.application.recall.RecallIndex;
import xyz.graphyn.application.recall.SearchMemory;
import xyz.graphyn.application.settings.CurrentSettings;
import xyz.graphyn.application.usage.ManageSavings;
import xyz.graphyn.application.usage.MeterContext;
import xyz.graphyn.application.usage.ReportUsage;
import xyz.graphyn.application.usage.Tokenizers;
import xyz.graphyn.application.usage.UsageQueries;
import xyz.graphyn.application.usage.UsageStore;
import xyz.graphyn.domain.access.OrganizationId;
import xyz.graphyn.domain.access.Role;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.usage.ModelTable;
import xyz.graphyn.domain.usage.SavingsSettings;
import xyz.graphyn.testkit.Samples;
import xyz.graphyn.testkit.SequentialIds;
import xyz.graphyn.testkit.TestClock;
import xyz.graphyn.testkit.masking.SimpleRecognizers;
import xyz.graphyn.testkit.memory.FakeEmbedder;
import xyz.graphyn.testkit.memory.SimpleMessages;
import xyz.graphyn.testkit.memory.WordCounter;
import xyz.graphyn.testkit.memory.WordTokenizers;
import xyz.graphyn.testkit.recall.InMemoryRecallIndex;
import xyz.graphyn.testkit.recall.SimpleWords;
import xyz.graphyn.testkit.storage.InMemoryStorage;
import xyz.graphyn.testkit.storage.Storage;

/** The use cases on a storage in memory, as a server would wire them. */
public final class UseCases {
    public final TestClock clock = new TestClock();
    public final Storage storage = InMemoryStorage.create();
    private final SequentialIds ids = new SequentialIds();
    private final AuditEntries entries = new AuditEntries(ids, clock);
    private final AgentGate gate = new AgentGate(storage.agents());

    private final Detector detector = new Detector(new SimpleRecognizers());
    public final CurrentSettings<MaskingSettings> currentSettings =
            new CurrentSettings<>(storage.maskingSettings()::settings, () -> 0);
    public final ComputePool pool = new ComputePool(ComputePool.Limits.of(1));
    public final CurrentSettings<SavingsSettings> currentSavings =
            new CurrentSettings<>(storage.savingsSettings()::settings, () -> 0);
    public final SensitiveData sensitiveData = new SensitiveData(detector, currentSettings, pool);
    public final Disclosures disclosures =
            new Disclosures(currentSettings, detector, sensitiveData, storage.disclosures(), entries);
    public final StreamDisclosures streamDisclosures = new StreamDisclosures(disclosures);
    public final AgentQueries agentQueries = new AgentQueries(storage.agents(), disclosures);
    public final ManageAgents manageAgents = new ManageAgents(
            storage.agents(),
            sensitiveData,
            disclosures,
            storage.auditTrail(),
            entries,
            storage.unitOfWork(),
            ids,
            clock);
    public final EventQueries eventQueries = new EventQueries(gate, storage.events(), disclosures);
    public final RecordEvents recordEvents = new RecordEvents(
            gate, storage.appender(), storage.events(), sensitiveData, disclosures, entries, ids, clock);
    public final NodeQueries nodeQueries = new NodeQueries(gate, storage.nodes(), disclosures);
    public final ManageNodes manageNodes = new ManageNodes(
            gate,
            storage.appender(),
            storage.nodes(),
            sensitiveData,
            disclosures,
            entries,
            new WordCounter(),
            ids,
            clock);
    private final EdgeDisclosures edgeDisclosures = new EdgeDisclosures(disclosures, sensitiveData, entries);
    public final EdgeQueries edgeQueries = new EdgeQueries(gate, storage.edges(), storage.nodes(), edgeDisclosures);
    public final ManageEdges manageEdges = new ManageEdges(
            gate, storage.appender(), storage.edges(), sensitiveData, edgeDisclosures, entries, ids, clock);
    public final FakeEmbedder embedder = new FakeEmbedder("fake-1");
    public final SearchableDelay delay = new SearchableDelay(clock);
    public final MessageNodes messages =
            new MessageNodes(new SimpleMessages(), sensitiveData, new WordCounter(), ids, clock);
    public final MemoryQueries memoryQueries = new MemoryQueries(gate, storage.memory(), clock);
    public final RetrySetAside retrySetAside =
            new RetrySetAside(gate, storage.memory(), storage.events(), storage.appender(), messages, entries);
    public final MemoryProgress progress = new MemoryProgress(storage.memory(), clock);
    public final RecallIndex index = new InMemoryRecallIndex(storage.memoryChanges());
    public final SearchMemory searchMemory = new SearchMemory(gate, progress, index, storage.nodes(), disclosures);
    public final AssembleContext assembleContext = assembleContext(storage.usage(), new WordTokenizers());
    public final ReportUsage reportUsage = new ReportUsage(gate, storage.usage(), ModelTable.EMPTY, ids, clock);
    public final UsageQueries usageQueries = new UsageQueries(storage.usage(), disclosures, clock);
    public final ManageMasking manageMasking = new ManageMasking(
            storage.maskingSettings(), currentSettings, detector, storage.auditTrail(), entries, storage.unitOfWork());
    public final ManageSavings manageSavings = new ManageSavings(
            storage.savingsSettings(), currentSavings, storage.auditTrail(), entries, storage.unitOfWork());
    public final PreviewMasking previewMasking = new PreviewMasking(currentSettings, detector, sensitiveData);
    public final IdempotentRequests idempotentRequests =
            new IdempotentRequests(storage.idempotency(), storage.unitOfWork(), clock);

    public final OrganizationId acme = organization("acme");
    public final Caller ada = caller("ada", Role.ADMIN);
    public final Caller max = caller("max", Role.MEMBER);
    public final Caller vera = caller("vera", Role.VIEWER);
    public final Caller otto = caller("otto", Role.AUDITOR);
    public final Caller stranger =
            new Caller(Samples.principal(organization("elsewhere"), "eve", Role.ADMIN), "request-9");

    /** Contexts with another meter, or counted otherwise. */
    public AssembleContext assembleContext(UsageStore usage, Tokenizers tokenizers) {
        return new AssembleContext(
                gate,
                progress,
                index,
                storage.nodes(),
                disclosures,
                tokenizers,
                new SimpleMessages(),
                new SimpleWords(),
                currentSavings,
                new MeterContext(usage, ModelTable.EMPTY, ids, clock),
                pool);
    }

    /** Brings memory forward, with this model or none. */
    public MemorySteps memorySteps(Optional<Embedder> model) {
        return memorySteps(model, storage.memoryBacklog());
    }

    /** The same, with another backlog. */
    public MemorySteps memorySteps(Optional<Embedder> model, MemoryBacklog backlog) {
        return new MemorySteps(
                backlog,
                storage.events(),
                storage.appender(),
                messages,
                new NodeEmbeddings(model, new SimpleMessages()),
                linking(model),
                delay,
                progress,
                clock);
    }

    /** Links what has changed, with this model or none. */
    public MemoryLinking linking(Optional<Embedder> model) {
        return new MemoryLinking(
                storage.memoryChanges(),
                storage.links(),
                storage.nodes(),
                storage.appender(),
                model,
                new SimpleMessages(),
                ids,
                clock);
    }

    private Caller caller(String subject, Role role) {
        return new Caller(Samples.principal(acme, subject, role), "request-1");
    }

    private OrganizationId organization(String id) {
        return storage.organizations()
                .resolve(
                        new ExternalOrganization("https://issuer.example", ExternalOrganization.Kind.ORGANIZATION, id));
    }
}

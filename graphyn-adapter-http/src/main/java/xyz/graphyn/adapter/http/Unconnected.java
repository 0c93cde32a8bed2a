package xyz.graphyn.adapter.http;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.agent.AgentQueries;
import xyz.graphyn.application.agent.AgentStore;
import xyz.graphyn.application.agent.ManageAgents;
import xyz.graphyn.application.append.Appender;
import xyz.graphyn.application.audit.AuditEntries;
import xyz.graphyn.application.audit.AuditTrail;
import xyz.graphyn.application.audit.DisclosureLog;
import xyz.graphyn.application.computing.ComputePool;
import xyz.graphyn.application.event.EventHeads;
import xyz.graphyn.application.event.EventQueries;
import xyz.graphyn.application.event.EventStore;
import xyz.graphyn.application.event.RecordEvents;
import xyz.graphyn.application.failure.FailureQueries;
import xyz.graphyn.application.failure.FailureRecorder;
import xyz.graphyn.application.failure.FailureStore;
import xyz.graphyn.application.health.SystemHealth;
import xyz.graphyn.application.identifier.IdGenerator;
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.application.masking.EdgeDisclosures;
import xyz.graphyn.application.masking.ManageMasking;
import xyz.graphyn.application.masking.MaskingSettingsStore;
import xyz.graphyn.application.masking.PreviewMasking;
import xyz.graphyn.application.masking.SensitiveData;
import xyz.graphyn.application.masking.StreamDisclosures;
import xyz.graphyn.application.memory.EdgeQueries;
import xyz.graphyn.application.memory.EdgeStore;
import xyz.graphyn.application.memory.ManageEdges;
import xyz.graphyn.application.memory.ManageNodes;
import xyz.graphyn.application.memory.MemoryQueries;
import xyz.graphyn.application.memory.MemoryStore;
import xyz.graphyn.application.memory.MessageNodes;
import xyz.graphyn.application.memory.MessageReader;
import xyz.graphyn.application.memory.NodeQueries;
import xyz.graphyn.application.memory.NodeStore;
import xyz.graphyn.application.memory.RetrySetAside;
import xyz.graphyn.application.recall.AssembleContext;
import xyz.graphyn.application.recall.MemoryProgress;
import xyz.graphyn.application.recall.RecallIndex;
import xyz.graphyn.application.recall.SearchMemory;
import xyz.graphyn.application.recall.WordFinder;
import xyz.graphyn.application.settings.CurrentSettings;
import xyz.graphyn.application.stream.LiveChannel;
import xyz.graphyn.application.stream.Streams;
import xyz.graphyn.application.transaction.UnitOfWork;
import xyz.graphyn.application.usage.ManageSavings;
import xyz.graphyn.application.usage.MeterContext;
import xyz.graphyn.application.usage.ReportUsage;
import xyz.graphyn.application.usage.SavingsSettingsStore;
import xyz.graphyn.application.usage.TokenCounter;
import xyz.graphyn.application.usage.Tokenizers;
import xyz.graphyn.application.usage.UsageQueries;
import xyz.graphyn.application.usage.UsageStore;
import xyz.graphyn.domain.masking.Detector;
import xyz.graphyn.domain.masking.MaskingSettings;
import xyz.graphyn.domain.masking.Recognizers;
import xyz.graphyn.domain.usage.ModelTable;
import xyz.graphyn.domain.usage.SavingsSettings;

/** Features on ports behind which there is nothing: their endpoints can be described, not called. */
final class Unconnected {
    private Unconnected() {}

    static Features features() {
        AgentStore agents = port(AgentStore.class);
        NodeStore nodes = port(NodeStore.class);
        EdgeStore edges = port(EdgeStore.class);
        EventStore events = port(EventStore.class);
        Appender appender = port(Appender.class);
        MemoryStore memory = port(MemoryStore.class);
        TokenCounter tokens = port(TokenCounter.class);
        IdGenerator ids = port(IdGenerator.class);
        InstantSource clock = port(InstantSource.class);
        AgentGate gate = new AgentGate(agents);
        AuditEntries entries = new AuditEntries(ids, clock);
        MaskingSettingsStore settings = port(MaskingSettingsStore.class);
        CurrentSettings<MaskingSettings> current = new CurrentSettings<>(settings::settings, () -> 0);
        Detector detector = new Detector(port(Recognizers.class));
        ComputePool pool = new ComputePool(ComputePool.Limits.of(1));
        SensitiveData data = new SensitiveData(detector, current, pool);
        Disclosures disclosures = new Disclosures(current, detector, data, port(DisclosureLog.class), entries);
        EdgeDisclosures edgeDisclosures = new EdgeDisclosures(disclosures, data, entries);
        UsageStore usage = port(UsageStore.class);
        SavingsSettingsStore savings = port(SavingsSettingsStore.class);
        CurrentSettings<SavingsSettings> window = new CurrentSettings<>(savings::settings, () -> 0);
        MemoryProgress progress = new MemoryProgress(memory, clock);
        return new Features(
                new AgentQueries(agents, disclosures),
                new ManageAgents(
                        agents, data, disclosures, port(AuditTrail.class), entries, port(UnitOfWork.class), ids, clock),
                new EventQueries(gate, events, disclosures),
                new RecordEvents(gate, appender, events, data, disclosures, entries, ids, clock),
                new NodeQueries(gate, nodes, disclosures),
                new ManageNodes(gate, appender, nodes, data, disclosures, entries, tokens, ids, clock),
                new EdgeQueries(gate, edges, nodes, edgeDisclosures),
                new ManageEdges(gate, appender, edges, data, edgeDisclosures, entries, ids, clock),
                new SearchMemory(gate, progress, port(RecallIndex.class), nodes, disclosures),
                new AssembleContext(
                        gate,
                        progress,
                        port(RecallIndex.class),
                        nodes,
                        disclosures,
                        port(Tokenizers.class),
                        port(MessageReader.class),
                        port(WordFinder.class),
                        window,
                        new MeterContext(usage, ModelTable.EMPTY, ids, clock),
                        pool),
                new ReportUsage(gate, usage, ModelTable.EMPTY, ids, clock),
                new UsageQueries(usage, disclosures, clock),
                new MemoryQueries(gate, memory, clock),
                new RetrySetAside(
                        gate,
                        memory,
                        events,
                        appender,
                        new MessageNodes(port(MessageReader.class), data, tokens, ids, clock),
                        entries),
                new FailureQueries(port(FailureStore.class), clock),
                new ManageMasking(settings, current, detector, port(AuditTrail.class), entries, port(UnitOfWork.class)),
                new PreviewMasking(current, detector, data),
                new ManageSavings(savings, window, port(AuditTrail.class), entries, port(UnitOfWork.class)),
                new Streams(
                        gate,
                        events,
                        port(EventHeads.class),
                        port(LiveChannel.class),
                        new StreamDisclosures(disclosures),
                        port(FailureRecorder.class),
                        new Streams.Limits(1, 1, 1)),
                port(FailureRecorder.class),
                new SystemHealth(List.of(), Duration.ofSeconds(1)));
    }

    static <T> T port(Class<T> port) {
        return port.cast(Proxy.newProxyInstance(
                Unconnected.class.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(port.getSimpleName() + " is not connected");
                }));
    }
}

package xyz.graphyn.application.recall;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.application.masking.Disclosures.Candidate;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.memory.MessageReader;
import xyz.graphyn.application.memory.NodeQuery;
import xyz.graphyn.application.memory.NodeStore;
import xyz.graphyn.application.usage.MeterContext;
import xyz.graphyn.application.usage.TokenCounter;
import xyz.graphyn.application.usage.Tokenizers;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Excerpts;
import xyz.graphyn.domain.memory.Message;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.recall.Context;
import xyz.graphyn.domain.recall.ContextEntry;
import xyz.graphyn.domain.recall.ContextPacking;
import xyz.graphyn.domain.recall.ContextPacking.Packed;
import xyz.graphyn.domain.usage.ContextUsage;
import xyz.graphyn.domain.usage.UsageId;

/** Puts together what a prompt needs of an agent's memory. */
public final class AssembleContext {
    /** Beside those that the budget is likely to hold: some are short, some don't fit. */
    private static final int SPARE = 50;

    private final AgentGate gate;
    private final MemoryProgress progress;
    private final RecallIndex index;
    private final NodeStore nodes;
    private final Disclosures disclosures;
    private final Tokenizers tokenizers;
    private final MessageReader messages;
    private final MeterContext meter;

    public AssembleContext(
            AgentGate gate,
            MemoryProgress progress,
            RecallIndex index,
            NodeStore nodes,
            Disclosures disclosures,
            Tokenizers tokenizers,
            MessageReader messages,
            MeterContext meter) {
        this.gate = gate;
        this.progress = progress;
        this.index = index;
        this.nodes = nodes;
        this.disclosures = disclosures;
        this.tokenizers = tokenizers;
        this.messages = messages;
        this.meter = meter;
    }

    /** @throws Refusal if the caller may not read the agent, or memory can't be searched for now */
    public Masked<Context> assemble(Caller caller, AgentId agent, ContextRequest request) {
        AgentKey key = gate.require(caller, agent, AgentPermission.READ);
        progress.await(key, request.minSeq());
        TokenCounter counter = request.model() == null ? tokenizers.usual() : tokenizers.of(request.model());
        Ranking ranking = index.search(key, query(caller, request));
        List<Candidate> candidates = new ArrayList<>();
        Set<NodeId> whole = new HashSet<>();
        for (Node node : recent(caller, key, request)) {
            candidates.add(new Candidate(node, UnaryOperator.identity()));
            whole.add(node.id());
        }
        int most = worthLoading(ranking, request.tokenBudget());
        RankedNodes found =
                RankedNodes.load(nodes, key, ranking.hits().stream().limit(most).toList());
        Set<NodeId> cut = new HashSet<>();
        for (int i = 0; i < found.nodes().size(); i++) {
            Node node = found.nodes().get(i);
            var passages = found.hits().get(i).passages();
            if (whole.contains(node.id())) {
                continue;
            }
            if (!passages.isEmpty()) {
                cut.add(node.id());
            }
            candidates.add(new Candidate(
                    node, passages.isEmpty() ? UnaryOperator.identity() : full -> Excerpts.of(full, passages)));
        }
        ContextPacking packing = new ContextPacking(request.tokenBudget(), counter::count);
        List<MeterContext.Pending> metering = new ArrayList<>(1);
        Masked<Context> context = disclosures.picked(
                caller,
                agent,
                candidates,
                Map.of("context", "1"),
                shown -> packing.pick(entries(shown, cut)),
                shown -> {
                    Packed packed = packing.write(entries(shown, cut));
                    ContextUsage usage = meter.within(request.model(), usage(packed, ranking.extent(), counter));
                    // Beside the entry of the disclosure, which is written next: neither waits for the other.
                    metering.add(meter.begin(caller, key, request.sessionId(), request.model(), usage));
                    return new Context(packed.text(), packed.entries(), usage, null, ranking.memoryVersion());
                });
        @Nullable UsageId metered = metering.getFirst().await().orElse(null);
        return context.with(made -> made.metered(metered));
    }

    private RecallQuery query(Caller caller, ContextRequest request) {
        return new RecallQuery(
                request.query(),
                Set.copyOf(request.types()),
                request.sessionId() == null ? Set.copyOf(request.sessions()) : Set.of(request.sessionId()),
                Set.copyOf(request.withoutSessions()),
                request.from(),
                request.to(),
                RecallQuery.MAX_LIMIT,
                disclosures.provenBy(caller));
    }

    /** The latest messages of the session, or of all. */
    private List<Node> recent(Caller caller, AgentKey agent, ContextRequest request) {
        if (request.recent() == 0) {
            return List.of();
        }
        NodeQuery latest = new NodeQuery(
                Message.TYPE,
                null,
                request.sessionId(),
                request.from(),
                request.to(),
                null,
                request.recent(),
                disclosures.provenBy(caller));
        return nodes.page(agent, latest).items();
    }

    /** How many of what was found the budget may hold, by the tokens that nodes have on average. */
    private static int worthLoading(Ranking ranking, int budget) {
        double each = Math.max(
                4,
                (double) ranking.extent().tokens()
                        / Math.max(1, ranking.extent().nodes()));
        return (int) Math.min(RecallQuery.MAX_LIMIT, SPARE + 2 * budget / each);
    }

    private List<ContextEntry> entries(List<Node> shown, Set<NodeId> cut) {
        return shown.stream()
                .map(node -> new ContextEntry(
                        node, messages.speaker(node.properties()).orElse(node.type()), cut.contains(node.id())))
                .toList();
    }

    /** The history's tokens were counted by the usual tokenizer; for another one they are scaled as the context's are. */
    private ContextUsage usage(Packed packed, Ranking.Extent extent, TokenCounter counter) {
        TokenCounter usual = tokenizers.usual();
        if (counter.tokenizer().equals(usual.tokenizer())) {
            return new ContextUsage(
                    packed.tokens(), extent.tokens(), extent.windowTokens(), usual.tokenizer(), usual.isMeasured());
        }
        int byUsual = usual.count(packed.text());
        double scale = byUsual == 0 ? 1 : (double) packed.tokens() / byUsual;
        return new ContextUsage(
                packed.tokens(),
                Math.round(extent.tokens() * scale),
                Math.round(extent.windowTokens() * scale),
                counter.tokenizer(),
                false);
    }
}

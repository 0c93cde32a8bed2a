package xyz.graphyn.application.recall;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.computing.ComputePool;
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.application.masking.Disclosures.Candidate;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.memory.MessageReader;
import xyz.graphyn.application.memory.NodeQuery;
import xyz.graphyn.application.memory.NodeStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.application.settings.CurrentSettings;
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
import xyz.graphyn.domain.memory.Span;
import xyz.graphyn.domain.recall.BestSentences;
import xyz.graphyn.domain.recall.Context;
import xyz.graphyn.domain.recall.ContextEntry;
import xyz.graphyn.domain.recall.ContextPacking;
import xyz.graphyn.domain.recall.ContextPacking.Packed;
import xyz.graphyn.domain.recall.ContextPacking.Shown;
import xyz.graphyn.domain.usage.ContextUsage;
import xyz.graphyn.domain.usage.SavingsSettings;
import xyz.graphyn.domain.usage.UsageId;

/** Puts together what a prompt needs of an agent's memory. */
public final class AssembleContext {
    /** Beside those that the budget is likely to hold: some are short, some don't fit. */
    private static final int SPARE = 250;

    /** At the latest messages, where conditions pass many of them over. */
    private static final int MOST_LOOKS = 10;

    /** In UTF-16 units: more than anybody says at once, and cut into words in a millisecond. */
    private static final int LONG_CONTENT = 20_000;

    private final AgentGate gate;
    private final MemoryProgress progress;
    private final RecallIndex index;
    private final NodeStore nodes;
    private final Disclosures disclosures;
    private final Tokenizers tokenizers;
    private final MessageReader messages;
    private final WordFinder words;
    private final CurrentSettings<SavingsSettings> savings;
    private final MeterContext meter;
    private final ComputePool pool;

    public AssembleContext(
            AgentGate gate,
            MemoryProgress progress,
            RecallIndex index,
            NodeStore nodes,
            Disclosures disclosures,
            Tokenizers tokenizers,
            MessageReader messages,
            WordFinder words,
            CurrentSettings<SavingsSettings> savings,
            MeterContext meter,
            ComputePool pool) {
        this.gate = gate;
        this.progress = progress;
        this.index = index;
        this.nodes = nodes;
        this.disclosures = disclosures;
        this.tokenizers = tokenizers;
        this.messages = messages;
        this.words = words;
        this.savings = savings;
        this.meter = meter;
        this.pool = pool;
    }

    /** @throws Refusal if the caller may not read the agent, or memory can't be searched for now */
    public Masked<Context> assemble(Caller caller, AgentId agent, ContextRequest request) {
        AgentKey key = gate.require(caller, agent, AgentPermission.READ);
        progress.await(key, request.minSeq());
        TokenCounter counter = request.model() == null ? tokenizers.usual() : tokenizers.of(request.model());
        Ranking ranking = index.search(key, query(caller, request));
        Options options = new Options(ranking, disclosures.provenBy(caller) != null);
        recent(caller, key, request).forEach(options::addRecent);
        int most = worthLoading(ranking, request.tokenBudget());
        RankedNodes found =
                RankedNodes.load(nodes, key, ranking.hits().stream().limit(most).toList());
        pool.run(() -> options.addAll(found));
        ContextPacking packing = new ContextPacking(request.tokenBudget(), counter::count);
        List<MeterContext.Pending> metering = new ArrayList<>(1);
        Masked<Context> context = disclosures.picked(
                caller,
                agent,
                options.candidates,
                Map.of("context", "1"),
                shown -> pool.run(() -> packing.pick(options.of(shown))),
                shown -> {
                    Packed packed = pool.run(() ->
                            packing.write(shown.stream().map(options::entry).toList()));
                    ContextUsage usage =
                            meter.within(request.model(), pool.run(() -> usage(packed, ranking.extent(), counter)));
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
                request.asOf(),
                RecallQuery.MAX_LIMIT,
                savings.of(caller.organization()).windowMessages(),
                disclosures.provenBy(caller));
    }

    /** The latest messages that the conditions leave. */
    private List<Node> recent(Caller caller, AgentKey agent, ContextRequest request) {
        List<Node> latest = new ArrayList<>();
        NodeQuery.Position behind = null;
        boolean more = true;
        for (int looks = 0; more && looks < MOST_LOOKS && latest.size() < request.recent(); looks++) {
            NodeQuery query = new NodeQuery(
                    Message.TYPE,
                    null,
                    request.sessionId(),
                    request.from(),
                    end(request),
                    behind,
                    request.recent(),
                    disclosures.provenBy(caller));
            Page<Node> page = nodes.page(agent, query);
            page.items().stream()
                    .filter(node -> isMeant(node, request))
                    .limit(request.recent() - latest.size())
                    .forEach(latest::add);
            more = page.more();
            behind = more ? NodeQuery.Position.of(page.items().getLast()) : null;
        }
        // What can't be there as a whole may be there in part, if it is found.
        latest.removeIf(node -> node.tokens() > request.tokenBudget());
        return latest;
    }

    private static boolean isMeant(Node node, ContextRequest request) {
        boolean holds = request.asOf() == null ? node.supersededBy() == null : node.holdsAt(request.asOf());
        String session = node.sessionId();
        return holds
                && (request.types().isEmpty() || request.types().contains(node.type()))
                && (request.sessions().isEmpty()
                        || (session != null && request.sessions().contains(session)))
                && (session == null || !request.withoutSessions().contains(session));
    }

    /** Times are kept in microseconds: what occurred then still counts. */
    private static @Nullable Instant end(ContextRequest request) {
        if (request.asOf() == null) {
            return request.to();
        }
        Instant behind = request.asOf().truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
        return request.to() == null || behind.isBefore(request.to()) ? behind : request.to();
    }

    /** How many of what was found the budget may hold, by the tokens that nodes have on average. */
    private static int worthLoading(Ranking ranking, int budget) {
        double each = Math.max(
                4,
                (double) ranking.extent().tokens()
                        / Math.max(1, ranking.extent().nodes()));
        return (int) Math.min(RecallQuery.MAX_LIMIT, SPARE + 2 * budget / each);
    }

    /** What may go into the context: of each node the part that matters, and all of it where that is more. */
    private final class Options {
        private final Ranking ranking;
        private final boolean hiding;
        private final List<Candidate> candidates = new ArrayList<>();
        private final List<Choice> choices = new ArrayList<>();
        private final Set<NodeId> known = new HashSet<>();
        private final Set<Node> excerpts = Collections.newSetFromMap(new IdentityHashMap<>());

        /** Where a node's candidates stand; -1 for the whole if the brief one is it. */
        private record Choice(int brief, int whole, double score) {}

        /** @param hiding whether something may be hidden from the reader */
        Options(Ranking ranking, boolean hiding) {
            this.ranking = ranking;
            this.hiding = hiding;
        }

        void addRecent(Node node) {
            known.add(node.id());
            choices.add(new Choice(candidates.size(), -1, Double.MAX_VALUE));
            candidates.add(new Candidate(node, UnaryOperator.identity()));
        }

        /** @return how many there are then */
        int addAll(RankedNodes found) {
            for (int i = 0; i < found.nodes().size(); i++) {
                add(found.nodes().get(i), found.hits().get(i));
            }
            return candidates.size();
        }

        private void add(Node node, Ranking.Hit hit) {
            if (!known.add(node.id())) {
                return;
            }
            // What is hidden from the reader must not decide which part they see.
            String content = hiding ? Excerpts.blank(node) : node.content();
            Optional<Span> part = part(content, node.tokens(), hit.passages());
            int brief = candidates.size();
            part.ifPresent(span -> candidates.add(new Candidate(node, whole -> Excerpts.of(whole, List.of(span)))));
            choices.add(new Choice(brief, part.isPresent() ? brief + 1 : -1, hit.score()));
            candidates.add(new Candidate(node, UnaryOperator.identity()));
        }

        /** Of a very long content, only what stands around its best passage is looked at. */
        private Optional<Span> part(String content, int tokens, List<Span> likely) {
            Span window = content.length() <= LONG_CONTENT || likely.isEmpty()
                    ? new Span(0, content.length())
                    : Excerpts.around(content, likely.getFirst(), LONG_CONTENT / 10);
            String text = content.substring(window.start(), window.end());
            int share = (int) Math.ceil((double) tokens * text.length() / content.length());
            List<Span> inside = likely.stream()
                    .filter(span -> span.start() >= window.start() && span.end() <= window.end())
                    .map(span -> new Span(span.start() - window.start(), span.end() - window.start()))
                    .toList();
            Optional<Span> best = BestSentences.of(
                    text, share, words.find(text, ranking.terms().keySet()), ranking.terms(), inside);
            return best.map(span -> new Span(span.start() + window.start(), span.end() + window.start()))
                    .or(() -> text.length() < content.length() ? Optional.of(window) : Optional.empty());
        }

        /** @param shown the candidates, as their reader sees them */
        List<ContextPacking.Option> of(List<Node> shown) {
            return choices.stream()
                    .map(choice -> new ContextPacking.Option(
                            new Shown(choice.brief(), entry(brief(choice, shown))),
                            choice.whole() < 0 ? null : new Shown(choice.whole(), entry(shown.get(choice.whole()))),
                            choice.score()))
                    .toList();
        }

        private Node brief(Choice choice, List<Node> shown) {
            Node brief = shown.get(choice.brief());
            if (choice.whole() >= 0) {
                excerpts.add(brief);
            }
            return brief;
        }

        ContextEntry entry(Node shown) {
            return new ContextEntry(
                    shown, messages.speaker(shown.properties()).orElse(shown.type()), excerpts.contains(shown));
        }
    }

    /** The history's tokens were counted by the usual tokenizer; for another one they are scaled as the context's are. */
    private ContextUsage usage(Packed packed, Ranking.Extent extent, TokenCounter counter) {
        TokenCounter usual = tokenizers.usual();
        if (counter.tokenizer().equals(usual.tokenizer())) {
            return new ContextUsage(
                    packed.tokens(), extent.tokens(), extent.windowTokens(), counter.tokenizer(), counter.isMeasured());
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

package xyz.graphyn.application.recall;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import xyz.graphyn.application.access.Caller;
import xyz.graphyn.application.access.Refusal;
import xyz.graphyn.application.agent.AgentGate;
import xyz.graphyn.application.masking.Disclosures;
import xyz.graphyn.application.masking.Disclosures.Candidate;
import xyz.graphyn.application.masking.Masked;
import xyz.graphyn.application.memory.NodeStore;
import xyz.graphyn.domain.access.AgentPermission;
import xyz.graphyn.domain.agent.AgentId;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.recall.FoundNode;

/** Finds what an agent remembers of something. */
public final class SearchMemory {
    private final AgentGate gate;
    private final MemoryProgress progress;
    private final RecallIndex index;
    private final NodeStore nodes;
    private final Disclosures disclosures;

    public SearchMemory(
            AgentGate gate, MemoryProgress progress, RecallIndex index, NodeStore nodes, Disclosures disclosures) {
        this.gate = gate;
        this.progress = progress;
        this.index = index;
        this.nodes = nodes;
        this.disclosures = disclosures;
    }

    /**
     * @return best first
     * @throws Refusal if the caller may not read the agent, or memory can't be searched for now
     */
    public Masked<List<FoundNode>> search(Caller caller, AgentId agent, SearchRequest request) {
        AgentKey key = gate.require(caller, agent, AgentPermission.READ);
        progress.await(key, request.minSeq());
        Ranking ranking = index.search(
                key,
                new RecallQuery(
                        request.query(),
                        Set.copyOf(request.types()),
                        request.sessionId() == null ? Set.of() : Set.of(request.sessionId()),
                        Set.of(),
                        request.from(),
                        request.to(),
                        request.asOf(),
                        request.limit(),
                        0,
                        disclosures.provenBy(caller)));
        RankedNodes found = RankedNodes.load(nodes, key, ranking.hits());
        return disclosures.picked(
                caller,
                agent,
                found.nodes().stream()
                        .map(node -> new Candidate(node, UnaryOperator.identity()))
                        .toList(),
                Map.of("found", Integer.toString(found.nodes().size())),
                shown -> IntStream.range(0, shown.size()).boxed().toList(),
                shown -> {
                    List<FoundNode> items = new ArrayList<>(shown.size());
                    for (int i = 0; i < shown.size(); i++) {
                        Ranking.Hit hit = found.hits().get(i);
                        items.add(new FoundNode(shown.get(i), hit.score(), hit.signals(), hit.terms()));
                    }
                    return items;
                });
    }
}

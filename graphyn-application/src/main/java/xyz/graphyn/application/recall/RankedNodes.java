package xyz.graphyn.application.recall;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.application.memory.NodeStore;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.domain.memory.NodeId;

/**
 * What was found, with its nodes as they are now, but for those that were removed since.
 *
 * @param hits best first
 * @param nodes theirs, in the same order
 */
record RankedNodes(List<Ranking.Hit> hits, List<Node> nodes) {
    static RankedNodes load(NodeStore store, AgentKey agent, List<Ranking.Hit> hits) {
        Map<NodeId, Node> byId = hits.isEmpty()
                ? Map.of()
                : store.findAll(agent, hits.stream().map(Ranking.Hit::node).toList()).stream()
                        .collect(Collectors.toMap(Node::id, Function.identity()));
        List<Ranking.Hit> there = new ArrayList<>(hits.size());
        List<Node> nodes = new ArrayList<>(hits.size());
        for (Ranking.Hit hit : hits) {
            @Nullable Node node = byId.get(hit.node());
            if (node != null) {
                there.add(hit);
                nodes.add(node);
            }
        }
        return new RankedNodes(there, nodes);
    }
}

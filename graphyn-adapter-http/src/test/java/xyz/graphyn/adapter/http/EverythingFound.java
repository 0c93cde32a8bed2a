package xyz.graphyn.adapter.http;

import java.util.List;
import java.util.Map;
import xyz.graphyn.application.memory.NodeQuery;
import xyz.graphyn.application.memory.NodeStore;
import xyz.graphyn.application.paging.Page;
import xyz.graphyn.application.recall.Ranking;
import xyz.graphyn.application.recall.RecallIndex;
import xyz.graphyn.application.recall.RecallQuery;
import xyz.graphyn.domain.agent.AgentKey;
import xyz.graphyn.domain.memory.Node;
import xyz.graphyn.testkit.memory.WordCounter;

/** Finds whatever an agent remembers, the latest first: for tests of what is made of it. */
record EverythingFound(NodeStore nodes) implements RecallIndex {
    @Override
    public Ranking search(AgentKey agent, RecallQuery query) {
        String session = query.sessions().stream().findFirst().orElse(null);
        List<Node> all = nodes.page(
                        agent,
                        new NodeQuery(
                                null, null, session, query.from(), query.to(), null, Page.MAX_LIMIT, query.provenBy()))
                .items();
        long tokens = all.stream()
                .mapToLong(node -> new WordCounter().count(node.content()))
                .sum();
        return new Ranking(
                all.stream()
                        .map(node -> new Ranking.Hit(node.id(), 1, Map.of("words", 1.0), List.of(), List.of()))
                        .toList(),
                Map.of(),
                new Ranking.Extent(all.size(), tokens, Math.min(20, tokens)),
                1);
    }
}

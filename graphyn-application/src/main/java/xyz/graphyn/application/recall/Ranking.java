package xyz.graphyn.application.recall;

import java.util.List;
import java.util.Map;
import xyz.graphyn.domain.memory.NodeId;
import xyz.graphyn.domain.memory.Span;

/**
 * What was found, best first; the same for the same memory and question. Nodes that were superseded, then or now, are not among it.
 *
 * @param terms words of the question that something holds, as they are compared, with the share of its weight that each has:
 *     the rarer, the more; together 1
 * @param memoryVersion up to which changes of memory were seen
 * @param extent of all that the conditions leave, found or not
 */
public record Ranking(List<Hit> hits, Map<String, Double> terms, Extent extent, long memoryVersion) {
    public Ranking {
        hits = List.copyOf(hits);
        terms = Map.copyOf(terms);
    }

    /**
     * @param score of this question alone: those of different questions can't be compared
     * @param signals what the score was made of, by name, largest share first; for {@code why}
     * @param terms of the question that the node holds, as they were searched for
     * @param passages the parts of a long content that matter, best first; none if all of it does
     */
    public record Hit(NodeId node, double score, Map<String, Double> signals, List<String> terms, List<Span> passages) {
        public Hit {
            terms = List.copyOf(terms);
            passages = List.copyOf(passages);
        }
    }

    /**
     * @param tokens of all nodes together
     * @param windowTokens of as many of the latest messages as were asked for
     */
    public record Extent(long nodes, long tokens, long windowTokens) {}
}

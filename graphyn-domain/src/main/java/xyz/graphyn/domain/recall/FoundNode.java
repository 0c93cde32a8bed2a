package xyz.graphyn.domain.recall;

import java.util.List;
import java.util.Map;
import xyz.graphyn.domain.memory.Node;

/**
 * A node that answers a question.
 *
 * @param score higher is better; those of different questions can't be compared
 * @param signals what the score was made of
 * @param terms of the question that the node holds
 */
public record FoundNode(Node node, double score, Map<String, Double> signals, List<String> terms) {}

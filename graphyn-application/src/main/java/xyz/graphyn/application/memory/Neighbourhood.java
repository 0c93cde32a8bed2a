package xyz.graphyn.application.memory;

import java.util.List;
import xyz.graphyn.domain.memory.Edge;
import xyz.graphyn.domain.memory.Node;

/**
 * The graph around a node.
 *
 * @param items what is there beside it, each once, by depth, and then newest edge first
 * @param edges those that were walked between the nodes of the answer, the one in the middle included, each once
 * @param truncated whether there is more, within the same depth
 */
public record Neighbourhood(List<Neighbour> items, List<Edge> edges, boolean truncated) {
    public Neighbourhood {
        items = List.copyOf(items);
        edges = List.copyOf(edges);
    }

    /** @param depth how many edges lead there, at least */
    public record Neighbour(Node node, int depth) {}
}

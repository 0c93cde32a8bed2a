package xyz.graphyn.application.append;

import xyz.graphyn.domain.memory.Edge;

/**
 * What became of an edge that was told.
 *
 * @param edge as it is now
 */
public record AddedEdge(Edge edge, Outcome outcome) {
    public enum Outcome {
        /** The agent did not have it. */
        CREATED,
        /** Memory had found it by itself; it is the same, and now somebody stands by it. */
        CONFIRMED,
        /** It was there already: nothing was changed. */
        KNOWN
    }
}

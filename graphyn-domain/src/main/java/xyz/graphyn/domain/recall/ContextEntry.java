package xyz.graphyn.domain.recall;

import xyz.graphyn.domain.memory.Node;

/**
 * A node in a context.
 *
 * @param node with the content that the context has of it
 * @param speaker who said it, or its type where nobody did
 * @param excerpt whether that content is a part of the node's
 */
public record ContextEntry(Node node, String speaker, boolean excerpt) {
    /** As it stands in the context, on lines of its own. */
    String line() {
        return speaker + ": " + said();
    }

    /** The same behind a line of the same speaker. */
    String continued() {
        return "- " + said();
    }

    private String said() {
        return node.content().strip() + "\n";
    }
}

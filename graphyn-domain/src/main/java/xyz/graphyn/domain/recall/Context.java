package xyz.graphyn.domain.recall;

import java.util.List;
import xyz.graphyn.domain.usage.ContextUsage;

/**
 * What goes into a prompt.
 *
 * @param text at most as many tokens as were asked for
 * @param entries what it was written from, in the order of the text
 * @param memoryVersion up to which changes of memory were seen
 */
public record Context(String text, List<ContextEntry> entries, ContextUsage usage, long memoryVersion) {
    public Context {
        entries = List.copyOf(entries);
    }
}

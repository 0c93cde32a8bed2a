package xyz.graphyn.domain.recall;

import java.util.List;
import org.jspecify.annotations.Nullable;
import xyz.graphyn.domain.usage.ContextUsage;
import xyz.graphyn.domain.usage.UsageId;

/**
 * What goes into a prompt.
 *
 * @param text at most as many tokens as were asked for
 * @param entries what it was written from, in the order of the text
 * @param metered the row of its usage, by which a report may name it; null if it could not be written in time
 * @param memoryVersion up to which changes of memory were seen
 */
public record Context(
        String text,
        List<ContextEntry> entries,
        ContextUsage usage,
        @Nullable UsageId metered,
        long memoryVersion) {
    public Context {
        entries = List.copyOf(entries);
    }

    /** The same, by the row of its usage. */
    public Context metered(@Nullable UsageId row) {
        return new Context(text, entries, usage, row, memoryVersion);
    }
}

package xyz.graphyn.domain.memory;

import java.time.Duration;

/**
 * How far an agent's memory is.
 *
 * @param tokens of all nodes together
 * @param eventHead the {@code seq} of the last event
 * @param processedSeq up to here, events are part of memory or set aside; at most {@code eventHead}
 * @param memoryVersion goes up with every change of a node or an edge
 * @param lag how long the first event that is not part of memory yet has waited; zero if there is none
 * @param setAside how many events were set aside
 */
public record MemoryState(
        long nodes,
        long edges,
        long tokens,
        long eventHead,
        long processedSeq,
        long memoryVersion,
        Duration lag,
        long setAside) {}

package xyz.graphyn.domain.memory;

/**
 * A part of a node's content as it came, which cuts no finding and no character in two.
 *
 * @param start in UTF-16 units, inclusive
 * @param end exclusive, above {@code start}
 */
public record Span(int start, int end) {}

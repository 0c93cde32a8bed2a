package xyz.graphyn.domain.recall;

/**
 * Where a word of a question stands in a text.
 *
 * @param start in UTF-16 units, inclusive
 * @param end exclusive
 * @param term which word
 */
public record FoundWord(int start, int end, String term) {}

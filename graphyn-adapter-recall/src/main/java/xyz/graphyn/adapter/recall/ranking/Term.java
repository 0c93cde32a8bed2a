package xyz.graphyn.adapter.recall.ranking;

/**
 * A word of a question, and where it stands.
 *
 * @param rarity its inverse document frequency, among the nodes that may be found
 * @param places of nodes that hold it
 * @param counts how often each of them does
 * @param units of those passages that hold it
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and read in the innermost loops.
record Term(String stem, float rarity, int[] places, int[] counts, int[] units) {}

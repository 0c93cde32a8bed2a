package xyz.graphyn.adapter.recall.ranking;

/**
 * Okapi BM25 (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009).
 *
 * @param k1 how slowly a word that comes again stops to count
 * @param b how much a long text is held back, 0 to 1
 */
record Bm25(float k1, float b) {
    /** @param count need not be whole: a neighbour's words count for less than one */
    float score(float rarity, float count, float length, float averageLength) {
        return rarity * count * (k1 + 1) / (count + k1 * (1 - b + b * length / averageLength));
    }
}

package xyz.graphyn.adapter.recall.ranking;

/** @param weight of the signal's distance from its mean, in standard deviations */
record Weighted(Signal signal, float weight) {}

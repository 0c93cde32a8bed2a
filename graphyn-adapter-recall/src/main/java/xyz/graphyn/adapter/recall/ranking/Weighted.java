package xyz.graphyn.adapter.recall.ranking;

/** @param weight by which its scores are multiplied; below 0 if it speaks against a node */
record Weighted<A>(Signal<A> signal, float weight) {}

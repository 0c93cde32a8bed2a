/**
 * Finding what matters in memory, and what it takes to make memory: a ranking over Lucene and a model of meaning, tokens counted as
 * models count them, messages as agents send them. Nothing of an agent is kept here for good; no text leaves this process, unless
 * it is configured to ask an endpoint for embeddings.
 */
@NullMarked
package xyz.graphyn.adapter.recall;

import org.jspecify.annotations.NullMarked;

/**
 * Threads for what computes. Requests wait on virtual threads, of which there may be thousands; were they to compute there, a
 * few long computations would hold up all others.
 */
@NullMarked
package xyz.graphyn.adapter.recall.work;

import org.jspecify.annotations.NullMarked;

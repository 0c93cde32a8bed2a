/**
 * Which nodes answer a question. Each signal gives every node a number; the numbers of one signal are made comparable with those of
 * the others, weighted and added. What a signal can't say of a node counts as the signal's mean, so that nothing is lost for want of
 * an embedding. The same memory and question have the same ranking, on every machine.
 *
 * <p>A ranking for a reader from whom something is hidden is made of masked texts alone, of nodes that were searched by the rules
 * of that reader, word statistics included.
 */
@NullMarked
package xyz.graphyn.adapter.recall.ranking;

import org.jspecify.annotations.NullMarked;

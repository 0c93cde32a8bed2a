/**
 * Which nodes answer a question. Each signal gives every node a number within bounds; these are weighted and added. What has no
 * embedding yet counts as the mean of those that have one, so that nothing is lost for want of it. The same memory and question
 * have the same ranking, on every machine.
 *
 * <p>A ranking for a reader from whom something is hidden is made of masked texts alone, of nodes that were searched by the rules
 * of that reader, word statistics included.
 */
@NullMarked
package xyz.graphyn.adapter.recall.ranking;

import org.jspecify.annotations.NullMarked;

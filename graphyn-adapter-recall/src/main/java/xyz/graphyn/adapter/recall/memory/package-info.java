/**
 * An agent's memory as it is searched: words in Lucene, all else in arrays by the place of the node. None of it is safe for use by
 * many threads while it changes; who uses it says when.
 */
@NullMarked
package xyz.graphyn.adapter.recall.memory;

import org.jspecify.annotations.NullMarked;

/** Recall in memory, for tests of what is made of it. */
@NullMarked
package xyz.graphyn.testkit.recall;

import org.jspecify.annotations.NullMarked;

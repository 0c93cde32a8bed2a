/**
 * How much of what a question needs memory finds: an evaluation over REST, of any server, on any file of conversations with
 * questions.
 */
@NullMarked
package xyz.graphyn.benchmarks.recall;

import org.jspecify.annotations.NullMarked;

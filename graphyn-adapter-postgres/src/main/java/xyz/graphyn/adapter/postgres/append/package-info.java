/**
 * The one ordered appender. It locks the agent's head first and gives it back with the commit, so that appends to one agent
 * follow each other, on however many servers, and the order of {@code seq} is the order of commit.
 */
@NullMarked
package xyz.graphyn.adapter.postgres.append;

import org.jspecify.annotations.NullMarked;

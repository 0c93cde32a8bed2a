/**
 * The one ordered appender. Calls that come while others are being committed are gathered, and committed together. A group
 * locks the heads of its agents first and gives them back with the commit, so that appends to one agent follow each other,
 * on however many servers, and the order of {@code seq} is the order of commit.
 */
@NullMarked
package xyz.graphyn.adapter.postgres.append;

import org.jspecify.annotations.NullMarked;

/**
 * An agent's memory, node by node: adding, changing, removing and reading it.
 */
@NullMarked
package xyz.graphyn.application.memory;

import org.jspecify.annotations.NullMarked;

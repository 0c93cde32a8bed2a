/**
 * What an agent remembers: nodes, each one unit of memory.
 */
@NullMarked
package xyz.graphyn.domain.memory;

import org.jspecify.annotations.NullMarked;

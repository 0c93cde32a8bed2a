/**
 * The one way in which an agent's events and memory change. Whoever else writes them would break the order that readers,
 * streams and indexes rely on.
 */
@NullMarked
package xyz.graphyn.application.append;

import org.jspecify.annotations.NullMarked;

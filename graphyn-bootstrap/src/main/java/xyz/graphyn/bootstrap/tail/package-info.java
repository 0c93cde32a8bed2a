/**
 * {@code graphyn tail}: prints the events of agents as they come, each once and in order, through restarts of the server and
 * losses of the connection. A reader that is slow slows the server's sending, and nothing piles up here.
 */
@NullMarked
package xyz.graphyn.bootstrap.tail;

import org.jspecify.annotations.NullMarked;

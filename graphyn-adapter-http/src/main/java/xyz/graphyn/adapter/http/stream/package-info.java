/**
 * Events as they happen, over WebSocket and as server-sent events.
 *
 * <p>Promises: what a client is told of an agent comes once, in the order of {@code seq}, and nothing is left out silently:
 * what a filter left out is covered by a position, what was removed by a gap. A client that does not read is let go, and
 * neither holds up others nor takes more memory than {@link xyz.graphyn.adapter.http.stream.StreamConfiguration} says. An
 * event is written as JSON once, however many watch, and the same bytes go to every one of them. No connection outlives the
 * token that opened it or was sent to refresh it.
 */
@NullMarked
package xyz.graphyn.adapter.http.stream;

import org.jspecify.annotations.NullMarked;

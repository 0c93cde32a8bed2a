/**
 * Pages over HTTP: {@code limit}, {@code cursor} and {@code nextCursor}. A cursor is good for the list that it came from,
 * with the same filter and for the same organization, and for nothing else.
 */
@NullMarked
package xyz.graphyn.adapter.http.paging;

import org.jspecify.annotations.NullMarked;

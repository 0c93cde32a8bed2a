/**
 * The memories that are open on this server, each a cache of what PostgreSQL holds: opened on first use, caught up before each
 * search, and closed when others need the room.
 */
@NullMarked
package xyz.graphyn.adapter.recall.index;

import org.jspecify.annotations.NullMarked;

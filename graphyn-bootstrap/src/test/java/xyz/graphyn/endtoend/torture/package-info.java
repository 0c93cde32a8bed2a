/** Servers, Redis and PostgreSQL die while events are written and watched: nothing may be lost, doubled or mixed up. */
@NullMarked
package xyz.graphyn.endtoend.torture;

import org.jspecify.annotations.NullMarked;

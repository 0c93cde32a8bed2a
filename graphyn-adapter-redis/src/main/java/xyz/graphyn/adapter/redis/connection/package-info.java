/**
 * The connections to Redis, whether one server or a cluster: made in the background, watched, and made anew when they break
 * or fall silent.
 */
@NullMarked
package xyz.graphyn.adapter.redis.connection;

import org.jspecify.annotations.NullMarked;

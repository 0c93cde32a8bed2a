/**
 * Live delivery between servers: what was committed is published to whoever watches the agent, and the last events are kept
 * for a while. Nothing here is promised to arrive; what is missing is read from the event store.
 */
@NullMarked
package xyz.graphyn.adapter.redis.stream;

import org.jspecify.annotations.NullMarked;

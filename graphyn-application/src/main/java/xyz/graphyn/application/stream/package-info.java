/**
 * Events as they happen, to whoever watches: once, in order, without a hole, on whichever server they are accepted and on
 * whichever they are watched.
 */
@NullMarked
package xyz.graphyn.application.stream;

import org.jspecify.annotations.NullMarked;

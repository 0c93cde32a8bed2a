/**
 * What went wrong between an event that was recorded and the clients who watch: counted and kept for a while, so that it can
 * be looked into afterwards.
 */
@NullMarked
package xyz.graphyn.application.failure;

import org.jspecify.annotations.NullMarked;

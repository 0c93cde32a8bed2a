/**
 * What went wrong between an event that was recorded and the clients who watch: counted and kept for a while, so that it can
 * be looked into afterwards. Whoever notices a failure tells a {@link xyz.graphyn.application.failure.FailureRecorder} and
 * goes on; nothing is ever delayed or lost because a failure was noted, or could not be.
 */
@NullMarked
package xyz.graphyn.application.failure;

import org.jspecify.annotations.NullMarked;

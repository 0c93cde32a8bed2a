/**
 * Whether the system can do its work: each {@link xyz.graphyn.application.health.Dependency} checked now, not
 * remembered, and one verdict over all of them within a bounded time.
 */
@NullMarked
package xyz.graphyn.application.health;

import org.jspecify.annotations.NullMarked;

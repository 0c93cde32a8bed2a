/** What every {@link xyz.graphyn.application.health.Dependency} must do, and one for tests that can be broken at will. */
@NullMarked
package xyz.graphyn.testkit.health;

import org.jspecify.annotations.NullMarked;

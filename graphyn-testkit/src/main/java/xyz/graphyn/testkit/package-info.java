/**
 * A clock, ids and samples for tests.
 */
@NullMarked
package xyz.graphyn.testkit;

import org.jspecify.annotations.NullMarked;

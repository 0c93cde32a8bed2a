/** Counters, readers and models for tests that need some, and don't care which. */
@NullMarked
package xyz.graphyn.testkit.memory;

import org.jspecify.annotations.NullMarked;

/** A live channel in memory, and what every live channel must hold to. */
@NullMarked
package xyz.graphyn.testkit.stream;

import org.jspecify.annotations.NullMarked;

/** A record of failures in memory, and what every such record must hold to. */
@NullMarked
package xyz.graphyn.testkit.failure;

import org.jspecify.annotations.NullMarked;

/** Redis servers of a test's own, one or a cluster: processes that can be stopped, killed, frozen and started again. */
@NullMarked
package xyz.graphyn.testkit.redis;

import org.jspecify.annotations.NullMarked;

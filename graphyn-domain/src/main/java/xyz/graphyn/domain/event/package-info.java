/**
 * What happened to an agent: immutable events, numbered per agent without a gap.
 */
@NullMarked
package xyz.graphyn.domain.event;

import org.jspecify.annotations.NullMarked;

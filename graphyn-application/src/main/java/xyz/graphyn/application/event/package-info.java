/**
 * Recording what happened to an agent, and reading it again.
 */
@NullMarked
package xyz.graphyn.application.event;

import org.jspecify.annotations.NullMarked;

/** The record of failures, on a store in memory. */
@NullMarked
package xyz.graphyn.application.failure;

import org.jspecify.annotations.NullMarked;

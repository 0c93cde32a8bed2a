/** The record of failures: bounded for each organization, and pruned as it is written. */
@NullMarked
package xyz.graphyn.adapter.postgres.failure;

import org.jspecify.annotations.NullMarked;

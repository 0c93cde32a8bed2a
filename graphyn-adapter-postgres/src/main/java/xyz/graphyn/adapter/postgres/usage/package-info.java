/**
 * The meter's rows and their sums, which are always those of the rows: both are written in one transaction, many rows at a
 * time. Locks are taken in the order of keys: first the rows with external ids, then the sums.
 */
@NullMarked
package xyz.graphyn.adapter.postgres.usage;

import org.jspecify.annotations.NullMarked;

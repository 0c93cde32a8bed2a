/**
 * What every storage must do, as contracts that run against any implementation, and a storage in memory that does it.
 *
 * <p>Whoever writes another adapter implements {@link xyz.graphyn.testkit.storage.StorageContract} once and lets a test
 * class implement each contract.
 */
@NullMarked
package xyz.graphyn.testkit.storage;

import org.jspecify.annotations.NullMarked;

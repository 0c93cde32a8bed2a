/** Answers kept under the names that clients gave to their requests. */
@NullMarked
package xyz.graphyn.adapter.postgres.idempotency;

import org.jspecify.annotations.NullMarked;

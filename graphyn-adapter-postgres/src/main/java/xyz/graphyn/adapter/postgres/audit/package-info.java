/** The audit trail: a table that the server's role may add to and read, and nothing else. */
@NullMarked
package xyz.graphyn.adapter.postgres.audit;

import org.jspecify.annotations.NullMarked;

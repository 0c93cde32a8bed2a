/**
 * Searching again what earlier rules have searched. Locks are taken in the order of everybody: an agent's row, its head, its
 * nodes, and {@code agent_rules} last.
 */
@NullMarked
package xyz.graphyn.adapter.postgres.rescan;

import org.jspecify.annotations.NullMarked;

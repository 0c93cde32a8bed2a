/**
 * What computes for longer than a moment, on a bounded number of threads of its own. Requests run on virtual threads, which
 * share a few carriers: who computes on one keeps everybody else's from going on.
 */
@NullMarked
package xyz.graphyn.application.computing;

import org.jspecify.annotations.NullMarked;

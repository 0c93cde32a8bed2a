/** Asking an agent's memory. */
@NullMarked
package xyz.graphyn.adapter.http.recall;

import org.jspecify.annotations.NullMarked;

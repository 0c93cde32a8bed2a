/**
 * Memory over HTTP.
 */
@NullMarked
package xyz.graphyn.adapter.http.memory;

import org.jspecify.annotations.NullMarked;

/**
 * Events over HTTP.
 */
@NullMarked
package xyz.graphyn.adapter.http.event;

import org.jspecify.annotations.NullMarked;

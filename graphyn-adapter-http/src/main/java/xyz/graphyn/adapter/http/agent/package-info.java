/**
 * Agents over HTTP.
 */
@NullMarked
package xyz.graphyn.adapter.http.agent;

import org.jspecify.annotations.NullMarked;

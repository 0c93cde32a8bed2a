/**
 * How the system is, for probes and for people.
 */
@NullMarked
package xyz.graphyn.adapter.http.health;

import org.jspecify.annotations.NullMarked;

/**
 * Where new ids come from.
 */
@NullMarked
package xyz.graphyn.application.identifier;

import org.jspecify.annotations.NullMarked;

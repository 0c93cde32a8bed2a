/**
 * What organizations have decided, at hand for every request: never older than seconds, and never a default in the place of
 * what could not be read.
 */
@NullMarked
package xyz.graphyn.application.settings;

import org.jspecify.annotations.NullMarked;

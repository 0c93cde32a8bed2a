/** A conversation that shows what memory is good for. */
@NullMarked
package xyz.graphyn.bootstrap.demo;

import org.jspecify.annotations.NullMarked;

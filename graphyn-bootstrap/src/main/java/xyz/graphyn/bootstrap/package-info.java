/**
 * The command line, and the wiring of a server. Nobody depends on this module; it alone sees all others, the
 * environment and the system's clock.
 */
@NullMarked
package xyz.graphyn.bootstrap;

import org.jspecify.annotations.NullMarked;

/**
 * Load runs against real parts, each beside the physical limit that it is measured by, in turns on the same machine: what
 * counts are the ratios.
 */
@NullMarked
package xyz.graphyn.benchmarks;

import org.jspecify.annotations.NullMarked;

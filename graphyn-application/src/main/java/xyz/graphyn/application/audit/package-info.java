/**
 * Writing down who did what, in the transaction of the deed.
 */
@NullMarked
package xyz.graphyn.application.audit;

import org.jspecify.annotations.NullMarked;

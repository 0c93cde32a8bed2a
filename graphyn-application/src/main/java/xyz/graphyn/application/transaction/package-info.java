/**
 * What happens as a whole or not at all.
 */
@NullMarked
package xyz.graphyn.application.transaction;

import org.jspecify.annotations.NullMarked;

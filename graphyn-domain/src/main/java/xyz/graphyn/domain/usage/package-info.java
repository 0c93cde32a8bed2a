/**
 * What a prompt costs in tokens, with memory and without.
 */
@NullMarked
package xyz.graphyn.domain.usage;

import org.jspecify.annotations.NullMarked;

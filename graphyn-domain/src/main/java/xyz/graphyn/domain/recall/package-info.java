/**
 * What of an agent's memory goes into a prompt, and how it is written there.
 */
@NullMarked
package xyz.graphyn.domain.recall;

import org.jspecify.annotations.NullMarked;

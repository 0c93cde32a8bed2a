/**
 * Finding what matters in an agent's memory, and putting it into the context of a prompt.
 */
@NullMarked
package xyz.graphyn.application.recall;

import org.jspecify.annotations.NullMarked;

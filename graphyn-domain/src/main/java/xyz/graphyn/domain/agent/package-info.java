/**
 * An AI agent: who it is, what it was told, and whose it is. What it did and what it remembers are features of their own.
 */
@NullMarked
package xyz.graphyn.domain.agent;

import org.jspecify.annotations.NullMarked;

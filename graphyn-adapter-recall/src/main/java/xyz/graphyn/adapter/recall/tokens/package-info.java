/**
 * Counting tokens as OpenAI's models do, with jtokkit, and an estimate for all others. Every count takes time and memory linear
 * in the text.
 */
@NullMarked
package xyz.graphyn.adapter.recall.tokens;

import org.jspecify.annotations.NullMarked;
